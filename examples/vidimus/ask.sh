#!/bin/sh
# Compares what a customer typed with the register, through Vidimus' own API. The question is a JSON document on stdin:
#   sh examples/vidimus/ask.sh < examples/vidimus/customer.json
# With the same Idempotency-Key the question may be sent again without counting twice.
set -eu
url=${VIDIMUS_URL:-http://127.0.0.1:8080}
api_key=${VIDIMUS_API_KEY:-vidimus-sandbox-key}

curl -s -w '\n%{http_code}\n' "$url/vidimus/v1/verifications" -H "Authorization: Bearer $api_key" -H 'Content-Type: application/json' -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" -d @-
