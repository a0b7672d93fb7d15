"""Asks SSN Details about a CPR number, with Python's standard library:
echo 1307610015 | python3 examples/ssn-details/ask.py
"""
import json, os, sys, urllib.error, urllib.parse, urllib.request

URL = os.environ.get("VIDIMUS_URL", "http://127.0.0.1:8080")
CLIENT_ID = os.environ.get("VIDIMUS_CLIENT_ID", "5a4db0c5-0000-4000-8000-000000000001")
CLIENT_SECRET = os.environ.get("VIDIMUS_CLIENT_SECRET", "vidimus-sandbox-secret")


def service_token():
    """Good for an hour: keep it, and get the next one a minute before it ends."""
    form = dict(grant_type="client_credentials", client_id=CLIENT_ID, client_secret=CLIENT_SECRET, scope="neb_api")
    with urllib.request.urlopen(URL + "/op/connect/token", urllib.parse.urlencode(form).encode(), 5) as answer:
        return json.load(answer)["access_token"]


def ask(cpr):
    headers = {"Authorization": "Bearer " + service_token(), "Content-Type": "application/json"}
    body = json.dumps({"Cpr": cpr}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + "/op/api/v1/ssn-details", body, headers), None, 5) as answer:
            details = json.load(answer)
    except urllib.error.HTTPError as refusal:
        # 400: the number is unknown, which counts, or no number. 429: the account is blocked, or too fast. Neither is
        # better for being asked again at once.
        return f"refused with {refusal.code}: {json.load(refusal)['errorMessage']}"
    if details["ssn.details.status"] != "success":
        return "the register cannot be asked now; try again later"
    if details["ssn.details.name_address_protected"] == "true":
        return "known; name and address are protected"
    name = (details.get("ssn.details." + part) for part in ("given_name", "middle_name", "surname"))
    return details["ssn.details.person_status"] + ": " + " ".join(filter(None, name))


print(ask(sys.stdin.readline().strip()))
