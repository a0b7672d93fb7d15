#!/usr/bin/env python3
"""Verifies that one entry is in a Vidimus ledger: what `vidimus audit prove ENTRY --json` printed, with the ledger's key.

Shares no code with Vidimus: Python 3.9, its standard library, and verify_ledger.py beside it. The form of the proof is
that of c2sp.org/tlog-proof, the way from an entry to the root that of RFC 9162, 2.1.3.2.
"""

import argparse
import base64
import hashlib
import json
import sys

from verify_ledger import (
    Damaged,
    attempt,
    open_checkpoint,
    read_base64,
    read_decimal,
    read_file,
    read_keys,
    read_object,
    require,
)

HEADER, MOST_HASHES = "c2sp.org/tlog-proof@v1", 63

DOCUMENT = dict(entry=[int], leaf=[str], proof=[str])

def read_document(data):
    """Entry, leaf and proof; like everything of the ledger it has one spelling."""
    document = read_object((attempt(bytes.decode, data) or "").removesuffix("\n"), DOCUMENT)
    require(document, "proof-malformed")
    return document["entry"], document["leaf"], document["proof"]

def read_proof(text):
    """The entry's place from 0, the hashes beside its way to the root, and the checkpoint."""
    head, blank, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        require(read_base64(lines.pop(0)[len("extra ") :]) is not None, "proof-malformed")
    line, *encoded = lines or [""]
    index = read_decimal(line[len("index ") :]) if line.startswith("index ") else None
    path = [read_base64(each) or b"" for each in encoded]
    is_proof = blank != "" and header == HEADER and index is not None and len(path) <= MOST_HASHES
    require(is_proof and all(len(each) == 32 for each in path), "proof-malformed")
    return index, path, checkpoint

def root_from(node, index, last, path):
    """The root that the hashes lead to; None where there are too many or too few of them."""
    beside = iter(path)
    while last > 0:
        if index % 2 == 1 or index < last:
            sibling = next(beside, None)
            if sibling is None:
                return None
            pair = sibling + node if index % 2 == 1 else node + sibling
            node = hashlib.sha256(b"\x01" + pair).digest()
        index, last = index // 2, last // 2
    return node if next(beside, None) is None else None

def verify_document(data, keys):
    entry, leaf, proof = read_document(data)
    index, path, checkpoint = read_proof(proof)
    size, root, _ = open_checkpoint(checkpoint.encode(), keys, "proof")
    leaf_hash = hashlib.sha256(b"\x00" + leaf.encode()).digest()
    require(index < size and root_from(leaf_hash, index, size - 1, path) == root, "not-included")
    require(index + 1 == entry, "entry-number")
    return dict(kind="included", entry=entry, entries=size, root=base64.b64encode(root).decode(), origin=keys[0][0])

def verify(data, vkey):
    """The verdict on a proof, as --json prints it; both are contents of files."""
    try:
        require(keys := read_keys(vkey), "key-malformed")
        return verify_document(data, keys)
    except Damaged as damage:
        return dict(kind="damaged", reason=damage.args[0])

def main():
    parser = argparse.ArgumentParser(description="Exits 0 when the entry is in the ledger, 5 when that is not shown.")
    parser.add_argument("proof", metavar="PROOF", help="what audit prove ENTRY --json printed")
    parser.add_argument("--vkey", metavar="FILE", required=True, help="the key that you trust")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args()
    proof, vkey = read_file(args.proof), read_file(args.vkey)
    if proof is None or vkey is None:
        parser.error("the proof or the key cannot be read")
    result = verify(proof, vkey)
    words = "\n".join(f"{name}: {value}" for name, value in result.items())
    print(json.dumps(result, ensure_ascii=False, separators=(",", ":")) if args.json else words)
    sys.exit(0 if result["kind"] == "included" else 5)

if __name__ == "__main__":
    main()
