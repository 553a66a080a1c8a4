#!/usr/bin/env python3
"""Validation of graphs with planted faults: dossier and its peers in one run.

    bench/validation.py --bench build/bench/bench/validation_bench [--triples 1000000] [--limit 300] [--folder DIR]

Prints seconds (dossier's of CPU; the peers' on the clock and of CPU), peak memory and the ratio of CPU seconds, and
for each peer what it did not count as planted. Peers are found as bench/peers/README.md says. Exit code 1 when
dossier's counts are not those that were planted. With `--oracle PEER` only that peer runs, and its counts must be
the planted ones as well; exit code 77 when it is not installed."""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "support"))

from program import run as run_program

NOT_INSTALLED = 77


def commands(folder):
    peers = HERE / "peers"
    variable = os.environ.get
    java = ["java", "-Xmx12g", "-cp"]
    node = variable("DOSSIER_NODE_PEERS")
    return [
        ("Jena", "DOSSIER_JENA_CP", java + [variable("DOSSIER_JENA_CP"), peers / "JenaShacl.java", folder], None),
        ("TopBraid", "DOSSIER_TOPBRAID_CP", java + [variable("DOSSIER_TOPBRAID_CP"), peers / "TopBraidShacl.java", folder], None),
        ("shacl-engine", "DOSSIER_NODE_PEERS", ["node", "--max-old-space-size=12000", peers / "node_shacl.mjs", "shacl-engine", folder], node),
        ("rdf-validate-shacl", "DOSSIER_NODE_PEERS", ["node", "--max-old-space-size=12000", peers / "node_shacl.mjs", "rdf-validate-shacl", folder], node),
        ("pySHACL", "DOSSIER_PYSHACL", [variable("DOSSIER_PYSHACL"), peers / "pyshacl_peer.py", folder], None),
    ]


def run(command, limit, cwd=None):
    """The end of the command, its peak memory in MB and its CPU seconds."""
    done = run_program(command, cwd=cwd, timeout=limit)
    if done.timed_out:
        raise subprocess.TimeoutExpired(command, limit)
    return done, done.peak / 2**20, done.seconds


def differences(counts, planted):
    return {key: (planted.get(key, 0), counts.get(key, 0)) for key in sorted(set(counts) | set(planted))
            if counts.get(key, 0) != planted.get(key, 0)}


def run_peer(name, variable, command, cwd, limit, planted, own):
    """Prints the row of one peer; 0 when it counts what was planted, 1 when not, NOT_INSTALLED when it is not there."""
    if not os.environ.get(variable):
        print(f"{name:20} skipped: {variable} is not set (bench/peers/README.md)")
        return NOT_INSTALLED
    try:
        peer, peak, cpu = run(command, limit, cwd)
    except subprocess.TimeoutExpired:
        print(f"{name:20} no result in {limit} s")
        return 1
    lines = [line for line in peer.out.decode().splitlines() if line.startswith("{")]
    if peer.code != 0 or not lines:
        print(f"{name:20} failed: {peer.err.strip().splitlines()[-2:]}")
        return 1
    result = json.loads(lines[-1])
    wrong = differences(result["counts"], planted)
    shown = "; ".join(f"{key}: {found} of {wanted}" for key, (wanted, found) in list(wrong.items())[:6])
    print(f"{name:20}{result['load']:9.2f}{result['validate']:12.2f}{cpu:9.1f}{peak:9.0f}{cpu / own:11.0f}  {shown or 'none'}")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--bench", required=True, type=pathlib.Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--limit", type=int, default=300, help="seconds for each peer")
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--threads", default="1")
    parser.add_argument("--oracle", metavar="PEER", help="run this peer alone, and fail when its counts differ")
    arguments = parser.parse_args()
    folder = (arguments.folder or pathlib.Path(tempfile.mkdtemp(prefix="dossier_faults_"))).resolve()
    if not (folder / "expected.json").exists():
        subprocess.run([sys.executable, HERE / "validation_data.py", folder, "--triples", str(arguments.triples)], check=True)
    planted = json.loads((folder / "expected.json").read_text())["shapes"]

    done, peak, _ = run([arguments.bench, folder, arguments.threads, "3"], 600)
    print(done.out.decode())
    load = float(re.search(r"read and freeze\s+([\d.]+) s", done.out.decode()).group(1))
    own = float(re.search(r"^shapes\s+([\d.]+) s", done.out.decode(), re.M).group(1))
    print(f"{'':20}{'load s':>9}{'validate s':>12}{'CPU s':>9}{'peak MB':>9}{'ratio CPU':>11}  results not as planted")
    print(f"{'dossier':20}{load:9.2f}{own:12.3f}{load + own:9.2f}{peak:9.0f}{1:11.0f}  {'none' if done.code == 0 else 'SOME'}")
    results = {name: run_peer(name, variable, command, cwd, arguments.limit, planted, load + own)
               for name, variable, command, cwd in commands(folder) if arguments.oracle in (None, name)}
    if done.code == 0 and arguments.oracle:
        return results[arguments.oracle]
    return done.code


if __name__ == "__main__":
    sys.exit(main())
