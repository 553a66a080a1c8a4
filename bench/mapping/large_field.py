#!/usr/bin/env python3
"""One CSV field of any size, full of quotes, line breaks and backslashes, as `dossier map` and as Python's csv module
read it: the literal that comes out must be the field, byte for byte.

    bench/mapping/large_field.py [--size 1000000000] [--dossier build/release/bin/dossier] [--folder /tmp]

Python takes four bytes a character while it reads a field. Printed are times and the peak memory of dossier."""

import argparse
import csv
import hashlib
import pathlib
import random
import subprocess
import sys
import tempfile
import time

PIECES = ["a", "b c", "é", '"', '""', ",", "\n", "\r\n", "\r", "\\", "x" * 63, "=1", "'"]
STEP = 1 << 24
MAPPING = "mappings:\n  m:\n    sources: [[t.csv~csv]]\n    s: http://e/$(id)\n    po: [[http://e/t, $(text)]]\n"


def write_table(path, size):
    rng = random.Random(1)
    piece = "".join(rng.choice(PIECES) for _ in range(1 << 18))
    quoted = piece.replace('"', '""')
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write('id,text\n1,"')
        written = 0
        while written + len(piece) <= size:
            file.write(quoted)
            written += len(piece)
        file.write('x' * (size - written) + '"\n2,small\n')


def expected_hash(path):
    """Of the N-Triples that the rows are, made of what the csv module reads."""
    csv.field_size_limit(1 << 40)
    digest, characters = hashlib.sha256(), 0
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = row["text"]
            characters = max(characters, len(text))
            digest.update(f"<http://e/{row['id']}> <http://e/t> \"".encode())
            for at in range(0, len(text), STEP):
                part = text[at:at + STEP].replace("\\", "\\\\").replace('"', '\\"')
                digest.update(part.replace("\n", "\\n").replace("\r", "\\r").encode())
            digest.update(b'" .\n')
    return digest.hexdigest(), characters


def file_hash(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(STEP):
            digest.update(block)
    return digest.hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--size", type=int, default=10 ** 9, help="characters of the field")
    parser.add_argument("--dossier", default="build/release/bin/dossier")
    parser.add_argument("--folder")
    options = parser.parse_args()
    dossier = pathlib.Path(options.dossier).resolve()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = pathlib.Path(scratch)
        write_table(folder / "t.csv", options.size)
        (folder / "m.yarrrml").write_text(MAPPING)
        limits = [f"--limit={name}={2 * options.size + 1024}" for name in ("max-cell-bytes", "max-literal-bytes")]
        command = ["/usr/bin/time", "-f", "%U %S %M", dossier, "map", "m.yarrrml", "-o", "out.nt", "--no-ledger"]
        run = subprocess.run(command + limits, cwd=folder, capture_output=True, text=True)
        if run.returncode != 0:
            print(run.stderr, file=sys.stderr)
            return 1
        user, system, kilobytes = run.stderr.split()[-3:]
        started = time.process_time()
        wanted, characters = expected_hash(folder / "t.csv")
        seconds = time.process_time() - started
        same = file_hash(folder / "out.nt") == wanted
        print(f"a field of {characters:,} characters: {'the same' if same else 'DIFFERS'}; dossier "
              f"{float(user) + float(system):.1f} s CPU, {int(kilobytes) / 1024:,.0f} MB; Python {seconds:.1f} s CPU")
        return 0 if same and characters == options.size else 1


if __name__ == "__main__":
    sys.exit(main())
