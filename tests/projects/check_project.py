#!/usr/bin/env python3
"""Builds a project with dossier and compares what it says and writes with the oracle.

Checked: the exit code; the ledger against expected.json (rows of each file, statements made and left); the
sorted N-Triples against the statements of the oracle, merged and with the direct ones; classes; that the
same mapping run alone (`dossier map`) gives exactly the statements whose SHA-256 is in expected.json; the
findings, rule by rule, against findings.json, and that their places are right. The build stays in WORK/PROJECT for the checks with foreign readers."""

import hashlib
import json
import sys
from collections import Counter

import check_findings
import oracle
from project import Failures, Project, arguments, outputs
from program import run
from skipping import shared_folder

REPORTS = ["out/findings.json", "out/findings.ttl"]


def sorted_lines(data):
    return sorted(line for line in data.split(b"\n") if line)


def check_rows(failures, project, ledger):
    found = {s["path"].removeprefix("./"): s for s in ledger["records"]["sources"]}
    wanted = {path.removeprefix("./"): counts for path, counts in project.expected["files"].items()}
    failures.equal("files read", sorted(found), sorted(wanted))
    for path, counts in wanted.items():
        if path not in found:
            continue
        row = found[path]
        failures.equal(f"{path}: rows mapped", row["mapped"], counts["mapped"])
        failures.equal(f"{path}: rows read", row["read"], row["mapped"] + row["rejected"])
        # A lone Ctrl-Z at the end of a file is a ragged row to the oracle and no record to dossier.
        failures.true(f"{path}: rows read: {row['read']} found, {counts['read']} wanted",
                      row["read"] in (counts["read"], counts["mapped"]))


def check_statements(failures, project, ledger, lines):
    statements, sha256 = oracle.mapped(project.folder)
    failures.equal("the oracle's SHA-256", sha256, project.expected["sha256"])
    kept = oracle.merged(statements, project.folder, project.file.get("identity", []))
    direct = oracle.direct_statements(kept) - kept
    failures.equal("direct statements of the oracle", len(direct),
                   project.findings.get("direct_statements_with_symmetric",
                                        project.findings["direct_statements"]))
    wanted = kept | direct
    found = {line[:-2].decode() for line in lines}
    failures.equal("lines of graph.nt that repeat another", len(lines) - len(found), 0)
    for what, difference in (("missing", wanted - found), ("too many", found - wanted)):
        failures.true(f"statements {what}: {len(difference)}, such as {sorted(difference)[:3]}",
                      not difference)
    counts = ledger["statements"]
    failures.equal("statements made", counts["from_mappings"], project.expected["statements"]["produced"])
    failures.equal("statements inferred", counts["inferred"], len(direct))
    failures.equal("statements in the graph", counts["in_graph"], len(wanted))
    failures.equal("statements that repeat another", counts["duplicates"],
                   counts["from_mappings"] - len(kept))
    check_network(failures, ledger, wanted)
    classes = project.expected["classes"] if kept == statements else oracle.class_counts(kept)
    failures.equal("classes", oracle.class_counts(found), classes)


def check_network(failures, ledger, statements):
    contents = next(e["contents"] for e in ledger["exports"] if e["path"].endswith("graph.graphml"))
    failures.equal("nodes and edges of the GraphML", (contents["nodes"], contents["edges"]),
                   oracle.network(statements))


def check_exports(failures, ledger, written, lines):
    by_path = {export["path"].rpartition("out/")[2]: export for export in ledger["exports"]}
    failures.equal("files written", sorted(REPORTS + [f"out/{name}" for name in by_path]), sorted(written))
    for name, path in written.items():
        export = by_path.get(name.removeprefix("out/"))
        if export:
            failures.equal(f"bytes of {name}", export["bytes"], path.stat().st_size)
            failures.equal(f"statements accounted for in {name}", sum(export["statements"].values()),
                           ledger["statements"]["in_graph"])
    failures.equal("lines of graph.nt", len(lines), ledger["statements"]["in_graph"])


def check_map(failures, project, program, folder):
    """The mappings alone, streamed, must give what the oracle's SHA-256 says."""
    env = {"DOSSIER_SHARED": str(shared_folder())} if project.reads_shared else {}
    mappings = [folder / name for name in project.file["mappings"]]
    root = project.file.get("source_root", "").replace("${DOSSIER_SHARED}", env.get("DOSSIER_SHARED", ""))
    options = ["--source-root", root] if root else []
    done = run([program, "map", *mappings, "--base", project.file["base"], *options,
                "-o", folder / "mapped.nt"], env=env, timeout=600)
    failures.equal("exit code of dossier map", done.code, 0)
    if done.code == 0:
        text = b"".join(line + b"\n" for line in sorted_lines((folder / "mapped.nt").read_bytes()))
        failures.equal("SHA-256 of what dossier map writes, sorted", hashlib.sha256(text).hexdigest(),
                       project.expected["sha256"])
    else:
        print(done.err, file=sys.stderr)


def main():
    options = arguments(__doc__)
    project = Project(options.project)
    folder = project.copy(options.work / project.name, reports=REPORTS)
    failures = Failures()
    done = project.build(options.program, folder, "--json")
    failures.equal("exit code", done.code, project.exit_code())
    if done.code not in (0, 1):
        print(done.err, file=sys.stderr)
        failures.end("")
    result = json.loads(done.out)
    (folder / "result.json").write_bytes(done.out)
    written = outputs(folder)
    lines = sorted_lines(written["out/graph.nt"].read_bytes())
    check_rows(failures, project, result)
    check_statements(failures, project, result, lines)
    check_exports(failures, result, written, lines)
    check_map(failures, project, options.program, folder)
    check_findings.check(failures, project, folder)
    failures.end(f"{project.name}: {len(lines):,} statements as the oracle has them, "
                 f"{done.wall:.2f} s, {done.peak >> 20} MiB")


if __name__ == "__main__":
    main()
