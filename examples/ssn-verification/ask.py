"""Verifies a name for a Social Security number, with Python's standard library:
echo 123-45-6789 | python3 examples/ssn-verification/ask.py John Doe
"""
import json, os, sys, urllib.error, urllib.request

URL = os.environ.get("VIDIMUS_URL", "http://127.0.0.1:8080")
APP_ID = os.environ.get("VIDIMUS_APP_ID", "sandbox")
APP_KEY = os.environ.get("VIDIMUS_APP_KEY", "vidimus-sandbox-app-key")

MEANINGS = {
    "fullMatch": "both names fit",
    "partialMatch": "something of the names fits; look at it",
    "noMatch": "somebody else holds this number",
    "deceased": "the holder is reported dead",
    "notFound": "the register does not hold this number",
    "invalidFormat": "no such number was ever issued",
}


def verify(first_name, last_name, ssn):
    headers = {"appId": APP_ID, "appKey": APP_KEY, "Content-Type": "application/json"}
    body = json.dumps({"firstName": first_name, "lastName": last_name, "ssn": ssn}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + "/v1/ssnVerification", body, headers), None, 5) as answer:
            match = json.load(answer)["result"]["details"]["ssnMatch"]
    except urllib.error.HTTPError as refusal:
        refused = json.load(refusal)
        return f"refused with {refusal.code}: {refused.get('error') or refused.get('message')}"
    return f"{match}: {MEANINGS[match]}"


names = sys.argv[1:] or ["John", "Doe"]
print(verify(*names, sys.stdin.readline().strip()))
