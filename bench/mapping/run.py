#!/usr/bin/env python3
"""Runs `dossier map` and, where they are installed, Morph-KGC, SDM-RDFizer, CARML and FlexRML on the data of
make_data.py, one after another in the same run; compares what they write as sets of lines and prints wall time,
processor time, peak memory and ratios.

    bench/mapping/run.py DATA [--dossier build/release/bin/dossier] [--threads 2] [--repeat 3]
                         [--workloads raw,join] [--peers PYTHON] [--carml JAR] [--flexrml PROGRAM] [--json FILE]

PYTHON is the interpreter of an environment with morph-kgc and rdfizer. JAR is built from bench/mapping/carml (Maven
Central has CARML as libraries). SDM-RDFizer writes \\' for a quote in a literal, so statements with quotes differ. A
peer that takes longer than --limit seconds is ended. `copy` is what writing as many bytes costs: `cp` of dossier's
output and a sync."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

WORKLOADS = ["raw", "duplicates", "join", "many", "json", "xml", "domain"]


def measure(command, folder, limit):
    """Wall seconds, processor seconds of the process and its children, and the peak of the largest in MB."""
    # GNU time stands between: a child's peak begins with that of the process that made it, and this one is large.
    with tempfile.TemporaryFile() as log, tempfile.NamedTemporaryFile("r") as peak:
        command = ["/usr/bin/time", "-o", peak.name, "-f", "%M"] + command
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                if time.monotonic() - started > limit:
                    process.kill()
                    os.wait4(process.pid, 0)
                    return {"failed": f"over {limit} s"}
                time.sleep(0.0005)
        finally:
            process.returncode = 0
        wall = time.monotonic() - started
        if status != 0:
            log.seek(0)
            return {"failed": log.read()[-300:].decode(errors="replace").strip() or f"status {status}"}
        kilobytes = int(peak.read().split()[-1])
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "mb": kilobytes / 1024}


def best(command, folder, limit, repeat):
    runs = [measure(command, folder, limit) for _ in range(repeat)]
    good = [run for run in runs if "failed" not in run]
    return min(good, key=lambda run: run["wall"]) if good else runs[0]


def canonical(line):
    """N-Triples of engines that write the same statement with other blanks or a final blank missing."""
    line = line.strip()
    if line.endswith("."):
        line = line[:-1].rstrip()
    return line


def lines_of(path):
    if not path.exists():
        return None
    with open(path, encoding="utf-8", errors="replace") as file:
        return {canonical(line) for line in file if line.strip()}


def dossier(options, folder, out):
    return [options.dossier, "map", "mapping.ttl", "-o", str(out), "--threads", str(options.threads), "--no-ledger"]


def morph(options, folder, out):
    config = out.with_suffix(".ini")
    config.write_text(f"[CONFIGURATION]\noutput_file: {out}\noutput_format: N-TRIPLES\nlogging_level: ERROR\n"
                      f"number_of_processes: {options.threads}\n[data]\nmappings: mapping.ttl\n")
    return [options.peers, "-m", "morph_kgc", str(config)]


def rdfizer(options, folder, out):
    config = out.with_suffix(".ini")
    config.write_text(f"[default]\nmain_directory: {folder}\n[datasets]\nnumber_of_datasets: 1\n"
                      f"output_folder: {out.parent}\nall_in_one_file: yes\nremove_duplicate: yes\nenrichment: yes\n"
                      f"name: {out.stem}\nordered: yes\nlarge_file: false\n"
                      f"[dataset1]\nname: {out.stem}\nmapping: {folder}/mapping.ttl\n")
    return [options.peers, "-m", "rdfizer", "-c", str(config)]


def carml(options, folder, out):
    return ["java", "-jar", options.carml, "mapping.ttl", str(out)]


def flexrml(options, folder, out):
    return [options.flexrml, "-m", "mapping.rml.ttl", "-o", str(out)]


def copy_cost(out, folder, options):
    target = out.with_suffix(".copy")
    return best(["sh", "-c", f"cp '{out}' '{target}' && sync '{target}' && rm '{target}'"], folder, options.limit,
                options.repeat)


def row(name, run, base, lines, wanted):
    if "failed" in run:
        return f"  {name:<12} failed: {run['failed'].splitlines()[-1][:90]}"
    text = f"  {name:<12} {run['wall']:8.3f} s wall {run['cpu']:8.2f} s cpu {run['mb']:8.0f} MB"
    if base and name != "dossier":
        text += f"   {run['wall'] / base['wall']:6.1f} x wall {run['cpu'] / base['cpu']:6.1f} x cpu"
    if lines is not None and wanted is not None and name != "dossier":
        text += "   same statements" if lines == wanted else (
            f"   differs: {len(wanted - lines):,} missing, {len(lines - wanted):,} more")
    return text


def run_workload(name, options, results):
    folder = options.data / name
    peers = [("dossier", dossier, options.repeat)]
    if options.peers:
        peers += [("Morph-KGC", morph, 1), ("SDM-RDFizer", rdfizer, 1)]
    if options.carml:
        peers.append(("CARML", carml, 1))
    if options.flexrml and name not in ("xml",):
        peers.append(("FlexRML", flexrml, 1))
    base = wanted = None
    found = results.setdefault(name, {})
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        for peer, command, repeat in peers:
            out = pathlib.Path(scratch) / f"{peer}.nt"
            run = best(command(options, folder, out), folder, options.limit, repeat)
            found[peer] = run
            lines = lines_of(out) if len(peers) > 1 else None
            if peer == "dossier":
                base, wanted = (None if "failed" in run else run), lines
                size = out.stat().st_size if out.exists() else 0
                with open(out, "rb") as file:
                    count = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
                print(f"{name}: {count:,} statements, {size / 1e6:.0f} MB", flush=True)
                found["statements"] = count
                found["copy"] = copy_cost(out, folder, options)
            print(row(peer, run, base, lines, wanted), flush=True)
            if peer == "dossier":
                print(row("copy", found["copy"], base, None, None), flush=True)
            elif out.exists():
                out.unlink()
    return base is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--dossier", default="build/release/bin/dossier")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300)
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    parser.add_argument("--peers")
    parser.add_argument("--carml")
    parser.add_argument("--flexrml")
    parser.add_argument("--scratch", help="where outputs are written (default: beside the data)")
    parser.add_argument("--json")
    options = parser.parse_args()
    options.data = options.data.resolve()
    options.dossier = str(pathlib.Path(options.dossier).resolve())
    options.scratch = options.scratch or str(options.data)
    results = {}
    good = all([run_workload(name, options, results) for name in options.workloads.split(",")])
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=1))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
