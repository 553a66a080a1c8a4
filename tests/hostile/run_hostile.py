#!/usr/bin/env python3
"""Runs the table of hostile inputs against the program (README.md says how a case is written).

    run_hostile.py --program build/dev/bin/dossier [--rows 1-16,43] [--keep FOLDER] [--verbose]

Ends with "N passed, M later" and fails when a case fails, when a case that is listed as known to fail passes,
or when a row of the table is neither tested nor listed as later."""

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import generators
import scenarios
import yaml
from listener import Listener
from program import Limits, run

ROWS = range(1, 111)  # of the table, and from 101 what goes wrong in every build
KEYS = {"row", "claim", "files", "run", "exit", "says", "at", "text", "silent", "never", "output", "lines",
        "has", "stdin", "stdout", "scenario", "later", "known", "seconds", "megabytes", "env", "limits", "links",
        "folder", "into"}
OLD = b"# the output of an older run\n"
CPU_SECONDS, MEGABYTES = 2.0, 256


class Loader(yaml.SafeLoader):
    """`!bytes "\\xE9"`: each character is one byte. `!make {name: arguments}`: generators.py writes it."""


Loader.add_constructor("!bytes", lambda loader, node: loader.construct_scalar(node).encode("latin-1"))
Loader.add_constructor("!make", lambda loader, node: generators.Recipe(loader.construct_mapping(node, deep=True)))


class Wrong(Exception):
    """What a case did not do as its row says."""


def load_cases():
    cases = []
    for path in sorted((HERE / "cases").glob("*.yaml")):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader)
        for case in document["cases"]:
            unknown = set(case) - KEYS
            if unknown or "claim" not in case and "later" not in case:
                raise SystemExit(f"{path.name}: case {case.get('row')}: keys {unknown or 'claim is missing'}")
            if "later" not in case:
                case["files"] = {**document.get("files", {}), **case.get("files", {})}
            cases.append(case)
    return cases


def write_files(case, folder, port):
    for name, content in case["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, generators.Recipe):
            content.write(path)
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_bytes(content.replace("{port}", str(port)).encode())
    for name, target in case.get("links", {}).items():
        (folder / name).symlink_to(target)


def output_of(command):
    for flag, value in zip(command, command[1:]):
        if flag in ("-o", "--output", "--report") and value != "-" and not value.startswith("/dev/"):
            return value
    return None


def listing(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*")}


def check_end(case, done, slower):
    wanted = case["exit"] if isinstance(case["exit"], list) else [case["exit"]]
    if done.timed_out:
        raise Wrong(f"was still running after {done.wall:.0f} s")
    if done.code not in wanted:
        raise Wrong(f"ended with {done.code}, wanted {case['exit']}")
    if done.seconds > case.get("seconds", CPU_SECONDS) * slower:
        raise Wrong(f"took {done.seconds:.1f} s of CPU")
    if done.peak > case.get("megabytes", MEGABYTES) << 20:
        raise Wrong(f"took {done.peak >> 20} MB")


def at_place(place, wanted):
    """`place` is as a diagnostic has it; `wanted` is file, file:line or file:line:column."""
    return re.search(rf"(^|/){re.escape(wanted)}($|[: ])", place or "") is not None


def check_words(case, done):
    found = done.diagnostics()
    codes = [d["code"] for d in found] + done.reported()
    wanted = case.get("says", [])
    for code in [wanted] if isinstance(wanted, str) else wanted:
        if code not in codes:
            raise Wrong(f"says {codes or 'nothing'}, wanted {code}")
    if not wanted and found and case["exit"] == 0:
        raise Wrong(f"says {codes}, wanted nothing")
    if done.code == 2 and not any(d["severity"] == "error" for d in found):
        raise Wrong("ends with 2 and says no error")
    if "at" in case:
        of_code = [d["place"] for d in found if not wanted or d["code"] in wanted]
        if not any(at_place(place, case["at"]) for place in of_code):
            raise Wrong(f"places {of_code}, wanted {case['at']}")
    if "text" in case and not re.search(case["text"], done.said(), re.MULTILINE):
        raise Wrong(f"messages do not match /{case['text']}/")
    if case.get("silent") and done.err:
        raise Wrong("speaks, and should not")
    if "internal error" in done.err or "a bug of dossier" in done.err:
        raise Wrong("says that it has a bug")


def check_output(case, done, folder, output):
    """Whole or not at all; nothing else beside it."""
    path = folder / output if output else None
    data = path.read_bytes() if path and path.exists() else done.out
    if done.code in (2, 64) and output and data != OLD:
        raise Wrong("the old output is not intact")
    if done.code in (0, 1) and output and data == OLD:
        raise Wrong("there is no output")
    text = data.decode("utf-8", "replace")
    if "output" in case and sorted(text.splitlines()) != sorted(case["output"].splitlines()):
        raise Wrong(f"wrote {text[:500]!r}")
    if "lines" in case and text.count("\n") != case["lines"]:
        raise Wrong(f"wrote {text.count(chr(10))} lines, wanted {case['lines']}")
    for each in [case["has"]] if isinstance(case.get("has"), str) else case.get("has", []):
        if each not in text:
            raise Wrong(f"the output has no {each!r}: {text[:500]!r}")
    for each in [case["never"]] if isinstance(case.get("never"), str) else case.get("never", []):
        if each in text or each in done.err or each.encode() in done.out:
            raise Wrong(f"{each!r} got out")


def run_case(case, program, folder, listener, slower):
    write_files(case, folder, listener.port)
    command = [str(a).replace("{port}", str(listener.port))
               for a in (shlex.split(case["run"]) if isinstance(case["run"], str) else case["run"])]
    cwd = folder / case.get("folder", ".")
    output = case.get("into") or output_of(command)
    if output:
        (cwd / output).parent.mkdir(parents=True, exist_ok=True)
        (cwd / output).write_bytes(OLD)
    before = listing(folder)
    calls = listener.calls
    stdin = case.get("stdin")
    done = run([program, *command], cwd=cwd, env={"LC_ALL": "C.UTF-8", "NO_COLOR": "1", **case.get("env", {})},
               stdin=stdin.encode() if isinstance(stdin, str) else stdin, timeout=60,
               limits=Limits(**case.get("limits", {})))
    try:
        check_end(case, done, slower)
        check_words(case, done)
        check_output(case, done, cwd, output)
        left = listing(folder) - before
        if left and done.code in (2, 64):
            raise Wrong(f"left {sorted(left)} behind")
        if listener.calls != calls:
            raise Wrong("went to the network")
    except Wrong as wrong:
        raise Wrong(f"{wrong}\n    $ dossier {shlex.join(command)}\n    "
                    + done.err.strip()[:1500].replace("\n", "\n    ")) from None


def attempt(case, program, keep, listener, slower):
    """None, or what went wrong."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "case"
        if keep:
            folder = keep / f"{case['row']:03}-{re.sub(r'[^a-z0-9]+', '-', case['claim'].lower())[:60]}"
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            if "scenario" in case:
                write_files(case, folder, listener.port)
                getattr(scenarios, case["scenario"])(program, folder)
            else:
                run_case(case, program, folder, listener, slower)
        except (Wrong, scenarios.Wrong) as wrong:
            return str(wrong)
        except (OSError, ValueError, subprocess.TimeoutExpired) as trouble:  # an output that is not there
            return f"{type(trouble).__name__}: {trouble}"
    return None


def parse_rows(text):
    rows = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        rows.update(range(int(first), int(last or first) + 1))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--rows", type=parse_rows, default=set(ROWS), help="such as 1-16,43")
    parser.add_argument("--keep", type=Path, help="leave the files of each case in this folder")
    parser.add_argument("--slower", type=float, default=1.0,
                        help="how many times the bounds on CPU time, which are those of an optimised program")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--control", action="store_true",
                        help="the program is not dossier: fail if any case passes, because it then proves nothing")
    options = parser.parse_args()
    cases = load_cases()
    missing = set(ROWS) - {case["row"] for case in cases}
    passed, later, known, failed = 0, [], [], []
    with Listener() as listener:
        for case in cases:
            if case["row"] not in options.rows:
                continue
            name = f"{case['row']}: {case.get('claim', '')}"
            if "later" in case:
                later.append(f"{case['row']}: {case['later']}")
                continue
            wrong = attempt(case, options.program.resolve(), options.keep, listener, options.slower)
            if options.control:
                if not wrong:
                    failed.append(f"{name}: passes with another program")
            elif "known" in case and wrong:
                known.append(f"{name}: {case['known']}")
            elif "known" in case:
                failed.append(f"{name}: passes, but is listed as known to fail: {case['known']}")
            elif wrong:
                failed.append(f"{name}: {wrong}")
            else:
                passed += 1
            if options.verbose:
                print(f"{'failed' if wrong else 'passed'} {name}", flush=True)
    for word, entries in (("later:", later), ("known to fail:", known), ("FAILED", failed)):
        for entry in entries:
            print(f"{word} {entry}")
    if missing:
        print(f"FAILED rows without a case: {sorted(missing)}")
    print(f"{passed} passed, {len(later)} later" + (f", {len(known)} known to fail" if known else "")
          + (f", {len(failed)} FAILED" if failed else ""))
    sys.exit(1 if failed or missing else 0)


if __name__ == "__main__":
    main()
