#!/usr/bin/env python3
"""Kills builds at random moments, with SIGKILL and SIGTERM in turn: no torn file under a final name.

The project is a seeded domain example. Before each try the outputs of an older run lie in place. After it each
output is either the old file or the whole new one, byte by byte, and after SIGTERM nothing else lies beside
them. After every try an undisturbed run over the remains is clean and gives the same bytes."""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from project import Failures, outputs
from program import run
from skipping import ROOT

OLD = b"an older run\n"


def contents(folder):
    return {name: path.read_bytes() for name, path in outputs(folder).items()}


def kill_at(moment, number):
    def during(process):
        time.sleep(moment)
        os.kill(process.pid, number)  # send_signal would take the exit code away
    return during


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=2000)
    options = parser.parse_args()
    chance, failures, ends = random.Random(options.seed), Failures(), {}
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "project"
        subprocess.run([sys.executable, ROOT / "bench" / "domain_data.py", folder, "--scale", str(options.scale)],
                       check=True, stdout=subprocess.DEVNULL)
        command = [options.program.resolve(), "build", folder, "--threads", "2"]
        whole_run = run(command)
        failures.equal("exit code of the first run", whole_run.code, 0)
        whole = contents(folder)
        if not whole or whole_run.code != 0:
            print(whole_run.err, file=sys.stderr)
            failures.end("")
        for number in range(options.tries):
            for name in whole:
                (folder / name).write_bytes(OLD)
            sent = (signal.SIGKILL, signal.SIGTERM)[number % 2]
            # A third of the tries aim at the end of the run, where files appear.
            low = 0.8 if number % 3 == 0 else 0.0
            done = run(command, during=kill_at(whole_run.wall * chance.uniform(low, 1.0), sent))
            ends[done.code] = ends.get(done.code, 0) + 1
            way = f"try {number}, {sent.name}"
            left = contents(folder)
            for name, data in whole.items():
                failures.true(f"{way}: {name} is torn or gone", left.get(name) in (OLD, data))
            others = sorted(set(left) - set(whole))
            if sent == signal.SIGTERM:
                failures.equal(f"{way}: files left behind", others, [])
                failures.true(f"{way}: ended with {done.code}", done.code in (0, 2, -signal.SIGTERM))
                early = done.wall < 0.2 * whole_run.wall  # perhaps before the program listens to signals
                failures.true(f"{way}: no word of the interruption: {done.err!r}", early or
                              done.code == 0 or "E0011" in done.err)
            again = run(command)
            failures.equal(f"{way}: exit code of the next run", again.code, 0)
            after = contents(folder)
            failures.true(f"{way}: the next run gives other bytes",
                          all(after.get(name) == data for name, data in whole.items()))
            for name in others:
                (folder / name).unlink(missing_ok=True)
    failures.true("no try hit a run in the middle", set(ends) - {0})
    failures.end(f"{options.tries} kills within {whole_run.wall:.2f} s, seed {options.seed}; ends: {ends}")


if __name__ == "__main__":
    main()
