"""Compares what a customer typed with the register, with Python's standard library. The customer is a JSON document on
stdin:
python3 examples/cpr/ask.py case-812 < examples/cpr/customer.json
"""
import json, os, sys, urllib.error, urllib.request

URL = os.environ.get("VIDIMUS_URL", "http://127.0.0.1:8080")
API_KEY = os.environ.get("VIDIMUS_API_KEY", "vidimus-sandbox-key")


def validate(customer, reference):
    headers = {"X-Api-Key": API_KEY, "Content-Type": "application/json"}
    body = json.dumps({"audit": {"externalReference": reference}, **customer}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + "/api/cpr/cpr/validate", body, headers), None, 5) as answer:
            validation = json.load(answer)
    except urllib.error.HTTPError as refusal:
        problem = json.load(refusal)
        return "\n".join([f"refused with {refusal.code}: {problem['detail']}", *sum(problem.get("errors", {}).values(), [])])
    risk = validation["risk"]
    lines = [validation["verdict"] + ", risk " + ", ".join([risk["level"], *risk["reasons"]])]
    for field in ("name", "address", "dateOfBirth"):
        score = validation[field]
        lines.append(f"  {field} {score['score']}" + (f"  {score['comment']}" if score["comment"] else ""))
    return "\n".join(lines)


print(validate(json.load(sys.stdin), sys.argv[1] if len(sys.argv) > 1 else "case-812"))
