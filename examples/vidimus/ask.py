"""Compares what a customer typed with the register, through Vidimus' own API, with Python's standard library. The question
is a JSON document on stdin:
python3 examples/vidimus/ask.py < examples/vidimus/customer.json
"""
import json, os, sys, urllib.error, urllib.request, uuid

URL = os.environ.get("VIDIMUS_URL", "http://127.0.0.1:8080")
API_KEY = os.environ.get("VIDIMUS_API_KEY", "vidimus-sandbox-key")


def verify(question):
    # With the same Idempotency-Key the question may be sent again without counting twice.
    headers = {
        "Authorization": "Bearer " + API_KEY,
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid.uuid4()),
    }
    body = json.dumps(question).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + "/vidimus/v1/verifications", body, headers), None, 5) as it:
            answer = json.load(it)
    except urllib.error.HTTPError as refusal:
        problem = json.load(refusal)
        return f"refused ({problem['code']}): {problem['fix']}"
    if answer["outcome"] != "compared":
        return answer["outcome"]
    lines = [f"{answer['verdict']} {answer['score']}, risk {answer['risk']['level']}"]
    for field, compared in answer["fields"].items():
        if compared["comment"]:
            lines.append(f"  {field} {compared['state']}: {compared['comment']}")
    return "\n".join(lines)


print(verify(json.load(sys.stdin)))
