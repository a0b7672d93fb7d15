#!/usr/bin/env python3
"""Verifies an exported Vidimus ledger without any code of Vidimus: Python 3.9, standard library only.

packages/ledger/EXPORT.md has the formats, the checks in their order, and the meaning of each reason. Without
--vkey the key of the export is taken, and all that is shown is that the export agrees with itself.
"""

import argparse
import base64
import datetime
import hashlib
import json
import pathlib
import re
import sys

LONGEST_LINE, LONGEST_NOTE, MAX_SAFE_INTEGER = 2**20, 2**17, 2**53 - 1
DAY_MS = 24 * 60 * 60 * 1000
ALLOWED_FAILURES = 5

class Damaged(Exception):
    """The reason, and the first bad entry or None."""

def require(condition, reason, entry=None):
    if not condition:
        raise Damaged(reason, entry)


# Ed25519: RFC 8032, 5.1. Points are (X, Y, Z, T). Nothing here is secret, so nothing needs constant time.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)

def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def point_multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = point_add(result, point)
        point, scalar = point_add(point, point), scalar >> 1
    return result

def point_decode(data):
    """None for what is no point."""
    y, sign = int.from_bytes(data, "little") & ((1 << 255) - 1), data[31] >> 7
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(x2, (P + 3) // 8, P)
    roots = [x for x in (root, root * ROOT_OF_MINUS_1 % P) if (x * x - x2) % P == 0]
    if not roots:
        return None
    x = roots[0] if roots[0] & 1 == sign else -roots[0] % P
    return x, y % P, 1, x * y % P

def point_encode(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")

BASE = point_decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def is_small_order(point):
    """Anybody could sign for such a key, and implementations differ on it: refused in keys and signatures."""
    x, y, z, _ = point_multiply(8, point)
    return x % P == 0 and (y - z) % P == 0

def ed25519_verify(public_key, message, signature):
    key, s = point_decode(public_key), int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or s >= ORDER or is_small_order(key):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    minus_key = (-key[0] % P, key[1], 1, -key[3] % P)
    r = point_add(point_multiply(s, BASE), point_multiply(k, minus_key))
    return point_encode(r) == signature[:32] and not is_small_order(r)


# Every value has one spelling; the readers give None for any other, and for what cannot be read.
def attempt(read, *given):
    try:
        return read(*given)
    except (OSError, TypeError, ValueError, RecursionError):
        return None

def read_base64(text):
    data = attempt(base64.b64decode, text)
    return data if data is not None and base64.b64encode(data).decode() == text else None

def read_decimal(text):
    value = int(text) if re.fullmatch("0|[1-9][0-9]{0,15}", text) else None
    return value if value is not None and value <= MAX_SAFE_INTEGER else None

def read_instant(text):
    """Milliseconds since 1970 of 2026-11-20T08:00:00.000Z."""
    instant = attempt(datetime.datetime.fromisoformat, text[:-1]) if len(text) == 24 else None
    if instant is None or instant.isoformat(timespec="milliseconds") + "Z" != text or instant.year < 1970:
        return None
    return (instant - datetime.datetime(1970, 1, 1)) // datetime.timedelta(milliseconds=1)

def read_object(text, members):
    """A JSON object with just these members in this order, of these types, and no white space."""
    value = attempt(json.loads, text)
    if type(value) is not dict or list(value) != list(members):
        return None
    if any(type(value[name]) not in members[name] for name in members):
        return None
    spelling = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate is what JSON can spell and UTF-8 cannot.
    is_canonical = spelling == text and attempt(str.encode, text) is not None
    is_in_range = all(0 <= number <= MAX_SAFE_INTEGER for number in value.values() if type(number) is int)
    return value if is_canonical and is_in_range else None


# Signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint).
def is_key_name(name):
    return name != "" and not any(c.isspace() or c < " " or c == "+" for c in name)

def read_key(line):
    """<name>+<id>+<base64 of 0x01 and public key> as (name, id, public key)."""
    name, key_id, encoded = (line.split("+", 2) + ["", ""])[:3]
    data = read_base64(encoded) or b""
    expected_id = hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8]
    is_key = is_key_name(name) and len(data) == 33 and data[0] == 1 and key_id == expected_id
    return (name, key_id, data[1:]) if is_key else None

def read_keys(data):
    """The keys, one a line and all of one name."""
    keys = [read_key(line) for line in (attempt(bytes.decode, data) or "").removesuffix("\n").split("\n")]
    return keys if None not in keys and len({key[0] for key in keys}) == 1 else None

def read_note(data):
    """The text, and the signatures as (name, key id, signature)."""
    note = (attempt(bytes.decode, data) or "") if len(data) <= LONGEST_NOTE else ""
    end = note.rfind("\n\n") + 1
    if end == 0 or not note.endswith("\n") or any(c < " " and c != "\n" for c in note):
        return None
    signatures = []
    for line in note[end + 1 : -1].split("\n"):
        dash, name, encoded = line.split(" ") if line.count(" ") == 2 else ("", "", "")
        signature = read_base64(encoded) or b""
        if dash != "\u2014" or not is_key_name(name) or len(signature) <= 4:
            return None
        signatures.append((name, signature[:4].hex(), signature[4:]))
    return note[:end], signatures

def open_checkpoint(data, keys, what):
    """Size, root and the keys that signed, in words."""
    require(note := read_note(data), what + "-malformed")
    text, signed_by = note[0], []
    for name, key_id, signature in note[1]:
        for key in keys:
            if key[:2] == (name, key_id):
                require(ed25519_verify(key[2], text.encode(), signature), what + "-bad-signature")
                signed_by.append(name + "+" + key_id)
    require(signed_by, what + "-unsigned")
    origin, size, root, *_ = lines = text[:-1].split("\n") + ["", ""]
    size, root = read_decimal(size), read_base64(root) or b""
    require(size is not None and len(root) == 32 and "" not in lines[:-2], what + "-malformed")
    require(origin == keys[0][0], what + "-wrong-origin")
    return size, root, " ".join(dict.fromkeys(signed_by))


# The tree of RFC 6962, 2.1, kept as the roots of its complete subtrees: (leaves, root), largest first.
def tree_append(subtrees, leaf_hash):
    leaves, node = 1, leaf_hash
    while subtrees and subtrees[-1][0] == leaves:
        leaves, node = 2 * leaves, hashlib.sha256(b"\x01" + subtrees.pop()[1] + node).digest()
    subtrees.append((leaves, node))

def tree_root(subtrees):
    node = subtrees[-1][1] if subtrees else hashlib.sha256(b"").digest()
    for _, left in reversed(subtrees[:-1]):
        node = hashlib.sha256(b"\x01" + left + node).digest()
    return node


# The entries: the members of a line and of a leaf.
MAYBE = [str, type(None)]
LINE = dict(entry=[int], leaf=[str], hash=[str], details=MAYBE)
TEXTS = dict.fromkeys("at account credential surface register operation outcome".split(), [str])
LEAF = dict(v=[int], **TEXTS, failures=[int], blockedUntil=MAYBE, details=[str])

def read_leaf(text, entry):
    leaf = read_object(text, LEAF) or read_object(text, dict(LEAF, erased=[list]))
    # 32 bytes; the last character carries four bits only.
    if not leaf or not re.fullmatch("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", leaf["details"]):
        return None
    at, blocked_until = read_instant(leaf["at"]), read_instant(leaf["blockedUntil"] or "")
    if leaf["v"] != 1 or at is None or (blocked_until is None) != (leaf["blockedUntil"] is None):
        return None
    # An erase names entries before it, ascending.
    numbers = [0, *leaf.get("erased", []), entry]
    is_ascending = all(type(number) is int for number in numbers) and numbers == sorted(set(numbers))
    if not is_ascending or ("erased" in leaf) != (leaf["operation"] == "erase"):
        return None
    return {**leaf, "at": at, "blockedUntil": blocked_until, "erased": numbers[1:-1]}

def follows_budget(leaf, budgets):
    """Whether the leaf is what the account's earlier ones lead to; keeps `budgets` up to date."""
    account, at, outcome = leaf["account"], leaf["at"], leaf["outcome"]
    told = (leaf["failures"], leaf["blockedUntil"])
    if leaf["register"] == "cpr" and leaf["operation"] == "unlock":
        budgets[account] = ([], None)
    if leaf["register"] != "cpr" or leaf["operation"] not in ("lookup", "validate", "verify"):
        return told == (0, None)
    failed_at, blocked_until = budgets.get(account, ([], None))
    is_blocked = blocked_until is not None and blocked_until > at
    if leaf["surface"] == "batch":
        return not is_blocked and told == (0, None)
    if is_blocked:
        return outcome == "blocked" and told == (ALLOWED_FAILURES + 1, blocked_until)
    failed_at = [failure for failure in failed_at if failure > at - DAY_MS]
    if outcome == "blocked" and leaf["blockedUntil"] is not None:
        budgets[account] = (failed_at + [at], at + DAY_MS)
        return len(failed_at) == ALLOWED_FAILURES and told == (ALLOWED_FAILURES + 1, at + DAY_MS)
    if outcome == "unknown":
        failed_at.append(at)
    budgets[account] = (failed_at, None)
    return len(failed_at) <= ALLOWED_FAILURES and told == (len(failed_at), None)

def check_entry(data, entry, seen):
    """The leaf hash of a sound line."""
    line = read_object((attempt(bytes.decode, data) or "")[:-1], LINE) if data.endswith(b"\n") else None
    require(line and line["entry"] >= 1, "line-malformed", entry)
    leaf_hash, details = read_base64(line["hash"]) or b"", read_base64(line["details"])
    require(len(leaf_hash) == 32 and (details is None) == (line["details"] is None), "line-malformed", entry)
    require(line["entry"] == entry, "entry-number", entry)
    require(hashlib.sha256(b"\x00" + line["leaf"].encode()).digest() == leaf_hash, "leaf-hash", entry)
    require(leaf := read_leaf(line["leaf"], entry), "leaf-malformed", entry)
    require(leaf["at"] >= seen["latest"].get(leaf["account"], 0), "time-order", entry)
    seen["latest"][leaf["account"]] = leaf["at"]
    if details is None:
        seen["erased"].add(entry)
    else:
        commitment = base64.urlsafe_b64encode(hashlib.sha256(details).digest()).decode().rstrip("=")
        require(commitment == leaf["details"], "details-mismatch", entry)
    seen["explained"].update(leaf["erased"])
    require(follows_budget(leaf, seen["budgets"]), "budget", entry)
    return leaf_hash

def verify_files(folder, old_checkpoint, vkey):
    vkey = read_file(folder, "vkey") if vkey is None else vkey
    require(vkey is not None, "key-missing")
    require(keys := read_keys(vkey), "key-malformed")
    checkpoint = read_file(folder, "checkpoint")
    require(checkpoint is not None, "checkpoint-missing")
    size, root, signed_by = open_checkpoint(checkpoint, keys, "checkpoint")
    old = (None, None) if old_checkpoint is None else open_checkpoint(old_checkpoint, keys, "old-checkpoint")
    old_size, old_root = old[:2]
    require(old_size is None or old_size <= size, "old-checkpoint-larger", size + 1)
    file = attempt(open, pathlib.Path(folder, "entries.jsonl"), "rb")
    require(file, "entries-missing")
    entries, subtrees, prefix_root = 0, [], tree_root([])
    seen = dict(latest={}, erased=set(), explained=set(), budgets={})
    with file:
        while data := file.readline(LONGEST_LINE):
            tree_append(subtrees, check_entry(data, entries + 1, seen))
            entries += 1
            if entries == old_size:
                prefix_root = tree_root(subtrees)
    require(entries == size, "size", min(entries, size) + 1)
    missing = seen["erased"] - seen["explained"]
    require(not missing, "details-missing", min(missing, default=None))
    require(tree_root(subtrees) == root, "root")
    require(old_size is None or prefix_root == old_root, "old-checkpoint-root")
    result = dict(entries=entries, erased=len(seen["erased"]), root=base64.b64encode(root).decode())
    return dict(kind="intact", **result, origin=keys[0][0], key=signed_by, prefix=old_size)

def verify(folder, old_checkpoint=None, vkey=None):
    """The verdict on the export in a folder, as --json prints it; the other two are contents of files."""
    try:
        intact = verify_files(folder, old_checkpoint, vkey)
        return dict(**intact, keyFrom="export" if vkey is None else "given")
    except Damaged as damage:
        return dict(kind="damaged", entry=damage.args[1], reason=damage.args[0])

def read_file(*path):
    return attempt(pathlib.Path(*path).read_bytes)

def main():
    parser = argparse.ArgumentParser(description="Exits 0 when the ledger is intact, 5 when it is damaged.")
    parser.add_argument("folder", metavar="EXPORT_DIR")
    parser.add_argument("--checkpoint", metavar="OLD", help="a checkpoint kept from before")
    parser.add_argument("--vkey", metavar="FILE", help="the key that you trust")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args()
    old_checkpoint, vkey = (read_file(path) if path else None for path in (args.checkpoint, args.vkey))
    if not pathlib.Path(args.folder).is_dir() or (args.checkpoint is not None and old_checkpoint is None):
        parser.error("the folder or the older checkpoint cannot be read")
    if args.vkey is not None and (vkey is None or read_keys(vkey) is None):
        parser.error("no verifier key in " + args.vkey)
    result = verify(args.folder, old_checkpoint, vkey)
    words = "\n".join(f"{name}: {value}" for name, value in result.items() if value is not None)
    print(json.dumps(result, ensure_ascii=False, separators=(",", ":")) if args.json else words)
    sys.exit(0 if result["kind"] == "intact" else 5)

if __name__ == "__main__":
    main()
