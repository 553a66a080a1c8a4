#!/usr/bin/env python3
"""The cases of rml-io with logical targets, run by the program in a folder of their own. Each expected file must be
there with the same statements. Archives and encodings are taken apart by Python, syntaxes by `dossier convert`, which
suites of its own hold to account; RDF/JSON by Python. Usage: target_suite.py --program DOSSIER"""

import argparse
import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import skipping
from statements import statements

INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
# Expected files that are older than the natural datatypes which RML-Core and the other cases ask for: 33 of JSON
# stands in them without xsd:integer. RMLTTC0002a has the same data and the same mapping but for the targets, and expects
# it with; no program passes both. They count as failed; that all else of them is right, and that the two cases
# contradict one another, is checked.
TYPED_TWIN = "RMLTTC0002a"
UNTYPED = (f"expects 33 of JSON without xsd:integer; {TYPED_TWIN}, of the same data and the same mapping but for the "
           "targets (checked), expects it with (RML-IO-Registry, JSONPath, \"Natural RDF mapping of JSON values\"); equal "
           "to the rest (checked)")
KNOWN = {
    "RMLTTC0002q": "expects the JSON number 33 with the datatype xsd:double as \"3.3E1\"; its lexical form is \"33\": \"the "
                   "natural RDF lexical form corresponding to v\" (RML-Core, section 11.2, \"Datatype-override mapping of "
                   "source values\"), and the natural datatype of 33 is xsd:integer; equal to the rest (dump1.nq)",
} | dict.fromkeys(["RMLTTC0004a", "RMLTTC0004c", "RMLTTC0004f", "RMLTTC0004g", "RMLTTC0005b", "RMLTTC0006b",
                   "RMLTTC0006c", "RMLTTC0006d", "RMLTTC0006e"], UNTYPED)


def unpacked(path):
    data = path.read_bytes()
    if path.name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(archive.namelist()[0])
    if ".tar." in path.name:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            return archive.extractfile(archive.getmembers()[0]).read()
    return gzip.decompress(data) if path.name.endswith(".gz") else data


def from_rdf_json(text):
    lines = []
    for subject, properties in json.loads(text).items():
        for predicate, objects in properties.items():
            for value in objects:
                name = value["value"]
                term = f"<{name}>" if value["type"] == "uri" else json.dumps(str(name), ensure_ascii=False)
                if "datatype" in value:
                    term += f"^^<{value['datatype']}>"
                elif isinstance(name, int):
                    term += INTEGER
                lines.append(f"<{subject}> <{predicate}> {term} .")
    return "\n".join(lines)


def dataset(program, path):
    """The statements of a file, whatever its packing, encoding and syntax."""
    data = unpacked(path)
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    suffix = re.sub(r"(\.zip|\.tar\.\w+|\.gz)$", "", path.name).rsplit(".", 1)[-1]
    if suffix == "rdfjson":
        return from_rdf_json(text)
    if suffix in ("nq", "nt") or not text.strip():
        return text
    syntax = {"jsonld": "jsonld", "ttl": "turtle", "n3": "turtle", "rdfxml": "rdfxml"}[suffix]
    run = subprocess.run([program, "convert", "-", "--from", syntax, "--to", "nquads"], input=text.encode(),
                         capture_output=True)
    if run.returncode:
        raise ValueError(run.stderr.decode())
    return run.stdout.decode()


def is_twin(folder, twin):
    """Whether two cases have one input and one mapping, their targets left aside."""
    def map_of(case):
        text = (case / "mapping.ttl").read_text()
        text = text[text.index("<#TriplesMap>"):]
        return [line for line in text[:text.index("\n.\n")].splitlines() if "logicalTarget" not in line]
    return map_of(folder) == map_of(twin) and (folder / "Friends.json").read_bytes() == (twin / "Friends.json").read_bytes()


def run_case(program, folder):
    with tempfile.TemporaryDirectory() as scratch:
        for file in folder.iterdir():
            if file.name != "README.md" and not file.name.startswith(("dump", "default")):
                shutil.copy(file, scratch)
        run = subprocess.run([program, "map", "mapping.ttl", "-o", "default.nq", "--base", "http://example.com/"],
                             cwd=scratch, capture_output=True, text=True)
        if run.returncode:
            return run.stderr, ""
        wanted = {file.name for file in folder.iterdir() if file.name.startswith(("dump", "default"))}
        there = {file.name for file in Path(scratch).iterdir() if file.name.startswith(("dump", "default"))}
        if not wanted <= there or not there <= wanted | {"default.nq"}:
            return f"wrote {sorted(there)}, wanted {sorted(wanted)}", ""
        problem, rest = "", ""
        for name in sorted(wanted):
            got, expected = dataset(program, Path(scratch) / name), dataset(program, folder / name)
            if statements(got) != statements(expected):
                problem += f"{name}: gave\n{got}wanted\n{expected}"
            if statements(got.replace(INTEGER, "")) != statements(expected.replace(INTEGER, "")):
                rest += f"{name}: differs in more than xsd:integer\n"
        return problem, rest


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    options = arguments.parse_args()
    suite = skipping.shared_folder() / "suites" / "rml-io"
    with open(suite / "metadata.csv", newline="") as file:
        cases = sorted(row["ID"] for row in csv.DictReader(file) if row["ID"].startswith("RMLTTC"))
    passed, bad, lines = 0, 0, []
    for case in cases:
        problem, rest = run_case(options.program, suite / case)
        passed += not problem
        if case in KNOWN:
            untyped = KNOWN[case] == UNTYPED
            if not problem or (untyped and rest) or (untyped and not is_twin(suite / case, suite / TYPED_TWIN)):
                bad += 1
                lines.append(f"{case}: {rest or 'is listed as a known failure, but passes or has another reason'}")
            else:
                lines.append(f"    known to fail: {case}: {KNOWN[case]}")
        elif problem:
            bad += 1
            lines.append(f"{case}: {problem}")
    print(f"{'RML-IO, targets':<32} {passed:>5} of {len(cases):>5}")
    print("\n".join(lines))
    if len(cases) != 41:
        print(f"{len(cases)} cases instead of 41")
        bad += 1
    return bad


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
