"""Flips the bytes of an export one at a time and asks examples/verify_ledger.py about each.

Takes a JSON object on stdin and prints one: what flipped-export.ts does for vidimus-verify, by the same rules.
"""

import base64
import io
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "examples"))
import verify_ledger as verifier
import verify_proof as prover

job = json.load(sys.stdin)
every, whole_every = job["every"], job["wholeEvery"]
older = base64.b64decode(job["older"])
proofs = [base64.b64decode(proof) for proof in job["proofs"]]
sound = {path.name: path.read_bytes() for path in pathlib.Path(job["folder"]).iterdir()}


def letter(result):
    return "." if result["kind"] == "intact" else letter_of(result["reason"])

def letter_of(reason):
    return chr(97 + job["reasons"].index(reason))

def proof_letter(result):
    return "." if result["kind"] == "included" else chr(97 + job["proofFaults"].index(result["reason"]))

def flipped(data, place, bit):
    changed = bytearray(data)
    changed[place] ^= bit
    return bytes(changed)

def bit_at(place):
    return 1 << (place * 5) % 8

def copy_of(seen):
    """The state after the lines so far; times and budgets in it are replaced, never changed."""
    kept = dict(latest=dict(seen["latest"]), budgets=dict(seen["budgets"]))
    return dict(kept, erased=set(seen["erased"]), explained=set(seen["explained"]))

def check_line(data, entry, seen):
    """The letter of a damaged line; None for one that passes."""
    try:
        verifier.check_entry(data, entry, seen)
        return None
    except verifier.Damaged as damage:
        return letter_of(damage.args[0])


with tempfile.TemporaryDirectory() as scratch:
    def whole(name, data, held=older):
        for each, content in {**sound, name: data}.items():
            path = pathlib.Path(scratch, each)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
        return letter(verifier.verify(scratch, held))

    entries = sound["entries.jsonl"]
    lines, wholes, flips, start = [], [], 0, 0
    seen = dict(latest={}, erased=set(), explained=set(), budgets={})
    while start < len(entries):
        end = entries.index(b"\n", start) + 1
        two = entries[start : entries.find(b"\n", end) + 1 or len(entries)]
        letters, entry = [], len(lines) + 1
        for place in range(start, end):
            if place % every != 0:
                continue
            file = io.BytesIO(flipped(two, place - start, bit_at(place)))
            said = check_line(file.readline(verifier.LONGEST_LINE), entry, copy_of(seen))
            letters.append(said or whole("entries.jsonl", flipped(entries, place, bit_at(place))))
            flips += 1
            if flips % whole_every == 0:
                wholes.append(whole("entries.jsonl", flipped(entries, place, bit_at(place))))
        lines.append("".join(letters))
        if check_line(entries[start:end], entry, seen) is not None:
            sys.exit("Not sound.")
        start = end

    def each_bit(data, judge):
        return "".join(judge(flipped(data, at >> 3, 1 << (at & 7))) for at in range(0, len(data) * 8, every))

    files = {name: each_bit(sound[name], lambda data, name=name: whole(name, data)) for name in ("checkpoint", "vkey")}
    files["older"] = each_bit(older, lambda data: whole("vkey", sound["vkey"], data))

proved = [each_bit(proof, lambda data: proof_letter(prover.verify(data, sound["vkey"]))) for proof in proofs]

print(json.dumps({"proofs": proved, "lines": lines, "wholes": "".join(wholes), "files": files}))
