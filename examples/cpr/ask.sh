#!/bin/sh
# Looks a CPR number up. The number is read from stdin, so that it is in no history and no process list:
#   echo 1307610015 | sh examples/cpr/ask.sh case-812
set -eu
url=${VIDIMUS_URL:-http://127.0.0.1:8080}
api_key=${VIDIMUS_API_KEY:-vidimus-sandbox-key}

read -r cpr
printf '{"audit":{"externalReference":"%s"},"cpr":"%s"}' "${1:-case-812}" "$cpr" |
  curl -s -w '\n%{http_code}\n' "$url/api/cpr/cpr/lookup" -H "X-Api-Key: $api_key" -H 'Content-Type: application/json' -d @-
