#!/bin/sh
# Verifies a name for a Social Security number. The number is read from stdin, so that it is in no history and no process
# list:
#   echo 123-45-6789 | sh examples/ssn-verification/ask.sh John Doe
set -eu
url=${VIDIMUS_URL:-http://127.0.0.1:8080}
app_id=${VIDIMUS_APP_ID:-sandbox}
app_key=${VIDIMUS_APP_KEY:-vidimus-sandbox-app-key}

read -r ssn
printf '{"firstName":"%s","lastName":"%s","ssn":"%s"}' "${1:-John}" "${2:-Doe}" "$ssn" |
  curl -s -w '\n%{http_code}\n' "$url/v1/ssnVerification" -H "appId: $app_id" -H "appKey: $app_key" -H 'Content-Type: application/json' -d @-
