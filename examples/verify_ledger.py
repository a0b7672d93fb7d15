#!/usr/bin/env python3
"""Verifies an exported Vidimus ledger, sharing no code with Vidimus: Python's standard library only.

    python3 verify_ledger.py EXPORT_DIR [--checkpoint OLD] [--vkey FILE] [--json]

packages/ledger/EXPORT.md has the formats, the checks in their order, and the meaning of each reason. Exits
0 when the ledger is intact, 5 when it is damaged, 2 when called wrongly. Without --vkey the key is taken
from the export, which then proves only that it agrees with itself.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import json
import os
import re
import sys

LONGEST_LINE = LONGEST_NOTE = 2**20
MOST_SIGNATURES = 100
MAX_SAFE_INTEGER = 2**53 - 1
DAY_MS = 24 * 60 * 60 * 1000
ALLOWED_FAILURES = 5


class Damaged(Exception):
    def __init__(self, reason, entry=None):
        super().__init__(reason)
        self.reason, self.entry = reason, entry


# Ed25519, RFC 8032, 5.1. It need not be quick nor hide anything: everything here is public.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
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
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_decode(data):
    """The point, or None. Takes y above P and -0 for x as OpenSSL does, so that both judge a key alike."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, (y & ((1 << 255) - 1)) % P
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - x2) % P:
        return None
    if x & 1 != sign:
        x = -x % P
    return x, y, 1, x * y % P


def point_encode(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(public_key, message, signature):
    key, s = point_decode(public_key), int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    minus_key = (-key[0] % P, key[1], 1, -key[3] % P)
    k = int.from_bytes(digest, "little") % ORDER
    return point_encode(point_add(point_multiply(s, BASE), point_multiply(k, minus_key))) == signature[:32]


# Texts that have one spelling only; every reader here gives None for any other.


def read_utf8(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def read_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def read_decimal(text):
    if not re.fullmatch("0|[1-9][0-9]*", text) or len(text) > 16:
        return None
    return int(text) if int(text) <= MAX_SAFE_INTEGER else None


def read_object(text, members):
    """The values of a JSON object with just these members in this order and no white space."""
    try:
        value = json.loads(text)
        if type(value) is not dict or list(value) != members:
            return None
        spelling = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        # A lone surrogate, which JSON can spell and UTF-8 cannot.
        spelling.encode("utf-8")
        return list(value.values()) if spelling == text else None
    except (ValueError, RecursionError):
        return None


def read_instant(text):
    """Milliseconds since 1970 of 2026-11-20T08:00:00.000Z."""
    match = type(text) is str and re.fullmatch(r"([0-9-]{10}T[0-9:]{8})\.([0-9]{3})Z", text)
    try:
        since = datetime.datetime.strptime(match[1], "%Y-%m-%dT%H:%M:%S") - datetime.datetime(1970, 1, 1)
    except (TypeError, ValueError):
        return None
    return since.days * DAY_MS + since.seconds * 1000 + int(match[2]) if since.days >= 0 else None


# Signed notes and checkpoints: c2sp.org/signed-note, c2sp.org/tlog-checkpoint.


def is_key_name(name):
    return name != "" and not any(c.isspace() or c < " " or c == "+" for c in name)


def read_key(line):
    """<name>+<id>+<base64 of 1, public key> as (name, id, public key)."""
    name, key_id, encoded = (line.split("+", 2) + ["", ""])[:3]
    data = read_base64(encoded) or b""
    digest = hashlib.sha256(name.encode() + b"\n" + data).hexdigest()
    if not is_key_name(name) or len(data) != 33 or data[0] != 1 or digest[:8] != key_id:
        return None
    return name, key_id, data[1:]


def read_keys(data):
    """The keys, one a line and all of one name."""
    text = read_utf8(data)
    keys = [read_key(line) for line in (text or "").removesuffix("\n").split("\n")]
    return keys if None not in keys and len({key[0] for key in keys}) == 1 else None


def read_note(data):
    """The text and its signatures as (name, key id, signature)."""
    note = read_utf8(data) if len(data) <= LONGEST_NOTE else None
    if note is None or any(c < " " and c != "\n" for c in note):
        return None
    end = note.rfind("\n\n") + 1
    if end == 0 or not note.endswith("\n"):
        return None
    signatures = []
    for line in note[end + 1 : -1].split("\n"):
        parts = line.split(" ")
        signature = read_base64(parts[2]) if len(parts) == 3 else None
        if parts[0] != "\u2014" or signature is None or len(signature) <= 4 or not is_key_name(parts[1]):
            return None
        signatures.append((parts[1], signature[:4].hex(), signature[4:]))
    return (note[:end], signatures) if len(signatures) <= MOST_SIGNATURES else None


def open_checkpoint(data, keys, what):
    """Size, root and the keys that signed. `what` tells whose damage it is."""
    note = read_note(data)
    if note is None:
        raise Damaged(what + "-malformed")
    text, signed_by = note[0], []
    for name, key_id, signature in note[1]:
        key = next((key for key in keys if key[:2] == (name, key_id)), None)
        if key is None:
            continue
        if not ed25519_verify(key[2], text.encode(), signature):
            raise Damaged(what + "-bad-signature")
        if name + "+" + key_id not in signed_by:
            signed_by.append(name + "+" + key_id)
    if not signed_by:
        raise Damaged(what + "-unsigned")
    lines = text[:-1].split("\n")
    size, root = (read_decimal(lines[1]), read_base64(lines[2])) if len(lines) >= 3 else (None, None)
    if size is None or root is None or len(root) != 32 or "" in lines:
        raise Damaged(what + "-malformed")
    if lines[0] != keys[0][0]:
        raise Damaged(what + "-wrong-origin")
    return size, root, " ".join(signed_by)


# The tree of RFC 6962, 2.1: `subtrees` are the roots of its complete subtrees as (leaves, root).


def tree_append(subtrees, leaf_hash):
    leaves, node = 1, leaf_hash
    while subtrees and subtrees[-1][0] == leaves:
        node = hashlib.sha256(b"\x01" + subtrees.pop()[1] + node).digest()
        leaves *= 2
    subtrees.append((leaves, node))


def tree_root(subtrees):
    if not subtrees:
        return hashlib.sha256(b"").digest()
    node = subtrees[-1][1]
    for _, left in reversed(subtrees[:-1]):
        node = hashlib.sha256(b"\x01" + left + node).digest()
    return node


# The ledger.

LEAF = "v at account credential surface register operation outcome failures blockedUntil details".split()


def read_leaf(text):
    values = read_object(text, LEAF)
    if values is None:
        return None
    leaf = dict(zip(LEAF, values))
    leaf["at"] = read_instant(leaf["at"])
    if leaf["blockedUntil"] is not None:
        leaf["blockedUntil"] = read_instant(leaf["blockedUntil"])
        if leaf["blockedUntil"] is None:
            return None
    if any(type(leaf[name]) is not str for name in LEAF[2:8] + LEAF[10:]) or leaf["at"] is None:
        return None
    if type(leaf["v"]) is not int or leaf["v"] != 1 or type(leaf["failures"]) is not int:
        return None
    if not 0 <= leaf["failures"] <= MAX_SAFE_INTEGER:
        return None
    # 32 bytes; the last character carries four bits only.
    return leaf if re.fullmatch("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", leaf["details"]) else None


def follows_budget(leaf, budgets):
    """Whether the leaf is what the account's earlier leaves lead to; keeps `budgets` up to date."""
    told = (leaf["failures"], leaf["blockedUntil"])
    account, at, outcome = leaf["account"], leaf["at"], leaf["outcome"]
    if leaf["register"] != "cpr":
        return told == (0, None)
    if leaf["operation"] == "unlock":
        budgets[account] = ([], None)
        return outcome == "unlocked" and told == (0, None)
    failed_at, blocked_until = budgets.get(account, ([], None))
    if blocked_until is not None and blocked_until > at:
        return outcome == "blocked" and told == (ALLOWED_FAILURES + 1, blocked_until)
    failed_at = [failure for failure in failed_at if failure > at - DAY_MS]
    if outcome == "blocked" and leaf["blockedUntil"] is not None:
        budgets[account] = (failed_at + [at], at + DAY_MS)
        return len(failed_at) == ALLOWED_FAILURES and told == (ALLOWED_FAILURES + 1, at + DAY_MS)
    if outcome == "unknown":
        failed_at.append(at)
    budgets[account] = (failed_at, None)
    return len(failed_at) <= ALLOWED_FAILURES and told == (len(failed_at), None)


def check_entry(line, entry, state):
    """The leaf hash of a sound line; raises Damaged for any other."""
    text = read_utf8(line) if line.endswith(b"\n") else None
    values = text and read_object(text[:-1], ["entry", "leaf", "hash", "details"])
    if not values or type(values[0]) is not int or not 1 <= values[0] <= MAX_SAFE_INTEGER:
        raise Damaged("line-malformed", entry)
    number, leaf_text, *encoded = values
    if any(type(value) is not str for value in [leaf_text, encoded[0], encoded[1] or ""]):
        raise Damaged("line-malformed", entry)
    leaf_hash = read_base64(encoded[0])
    details = None if encoded[1] is None else read_base64(encoded[1])
    if leaf_hash is None or len(leaf_hash) != 32 or (details is None and encoded[1] is not None):
        raise Damaged("line-malformed", entry)
    if number != entry:
        raise Damaged("entry-number", entry)
    if hashlib.sha256(b"\x00" + leaf_text.encode()).digest() != leaf_hash:
        raise Damaged("leaf-hash", entry)
    leaf = read_leaf(leaf_text)
    if leaf is None:
        raise Damaged("leaf-malformed", entry)
    if leaf["at"] < state["latest"]:
        raise Damaged("time-order", entry)
    state["latest"] = leaf["at"]
    if details is None:
        state["erased"] += 1
    elif base64.urlsafe_b64encode(hashlib.sha256(details).digest()).rstrip(b"=").decode() != leaf["details"]:
        raise Damaged("details-mismatch", entry)
    if not follows_budget(leaf, state["budgets"]):
        raise Damaged("budget", entry)
    return leaf_hash


def verify_files(folder, old_checkpoint, vkey):
    vkey = vkey if vkey is not None else read_file(os.path.join(folder, "vkey"))
    if vkey is None:
        raise Damaged("key-missing")
    keys = read_keys(vkey)
    if keys is None:
        raise Damaged("key-malformed")
    note = read_file(os.path.join(folder, "checkpoint"))
    if note is None:
        raise Damaged("checkpoint-missing")
    size, root, signed_by = open_checkpoint(note, keys, "checkpoint")
    old_size, old_root = None, None
    if old_checkpoint is not None:
        old_size, old_root, _ = open_checkpoint(old_checkpoint, keys, "old-checkpoint")
        if old_size > size:
            raise Damaged("old-checkpoint-larger", size + 1)
    path = os.path.join(folder, "entries.jsonl")
    if not os.path.isfile(path) or not os.access(path, os.R_OK):
        raise Damaged("entries-missing")
    entries, subtrees, prefix = 0, [], tree_root([])
    state = {"latest": 0, "erased": 0, "budgets": {}}
    with open(path, "rb") as file:
        while line := file.readline(LONGEST_LINE):
            tree_append(subtrees, check_entry(line, entries + 1, state))
            entries += 1
            if entries == old_size:
                prefix = tree_root(subtrees)
    if entries != size:
        raise Damaged("size", min(entries, size) + 1)
    if tree_root(subtrees) != root:
        raise Damaged("root")
    if old_root is not None and prefix != old_root:
        raise Damaged("old-checkpoint-root")
    return {
        "kind": "intact",
        "entries": entries,
        "erased": state["erased"],
        "root": base64.b64encode(root).decode(),
        "origin": keys[0][0],
        "key": signed_by,
        "prefix": old_size,
    }


def verify(folder, old_checkpoint=None, vkey=None):
    """The verdict on the export in a folder, as --json prints it; the other two are the bytes of files."""
    try:
        intact = verify_files(folder, old_checkpoint, vkey)
        return {**intact, "keyFrom": "export" if vkey is None else "given"}
    except Damaged as damage:
        return {"kind": "damaged", "entry": damage.entry, "reason": damage.reason}


def read_file(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def main():
    parser = argparse.ArgumentParser(description="Verifies an exported Vidimus ledger.")
    parser.add_argument("folder", metavar="EXPORT_DIR")
    parser.add_argument("--checkpoint", metavar="OLD", help="a checkpoint kept from before")
    parser.add_argument("--vkey", metavar="FILE", help="the key that you trust")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args()
    old_checkpoint, vkey = args.checkpoint and read_file(args.checkpoint), args.vkey and read_file(args.vkey)
    if not os.path.isdir(args.folder):
        parser.error("no folder " + args.folder)
    if args.checkpoint is not None and old_checkpoint is None:
        parser.error("cannot read " + args.checkpoint)
    if args.vkey is not None and (vkey is None or read_keys(vkey) is None):
        parser.error("no verifier key in " + args.vkey)
    result = verify(args.folder, old_checkpoint, vkey)
    if args.json:
        print(json.dumps(result, ensure_ascii=False, separators=(",", ":")))
    else:
        print("\n".join(f"{name}: {value}" for name, value in result.items() if value is not None))
    sys.exit(0 if result["kind"] == "intact" else 5)


if __name__ == "__main__":
    main()
