#!/bin/sh
# Asks SSN Details about a CPR number. The number is read from stdin, so that it is in no history and no process list:
#   echo 1307610015 | sh examples/ssn-details/ask.sh
set -eu
url=${VIDIMUS_URL:-http://127.0.0.1:8080}
client_id=${VIDIMUS_CLIENT_ID:-5a4db0c5-0000-4000-8000-000000000001}
client_secret=${VIDIMUS_CLIENT_SECRET:-vidimus-sandbox-secret}

answer=$(curl -s "$url/op/connect/token" -d grant_type=client_credentials -d "client_id=$client_id" -d "client_secret=$client_secret" -d scope=neb_api)
token=${answer#*\"access_token\":\"}
token=${token%%\"*}

read -r cpr
printf '{"Cpr":"%s"}' "$cpr" |
  curl -s -w '\n%{http_code}\n' "$url/op/api/v1/ssn-details" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d @-
