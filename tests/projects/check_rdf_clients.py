#!/usr/bin/env python3
"""Reads the Turtle of a built project with pyoxigraph and rdflib: exactly the statements counted.

Both must find the statements of the N-Triples, as a set, and as many as the ledger says. rdflib reads about
10,000 statements a second, so --only names the readers for a large project."""

import json
import os

import clients
from project import Failures, Project, arguments
from skipping import shared_folder, skip, use_oracles

READERS = {"pyoxigraph": clients.statements_of_pyoxigraph, "rdflib": clients.statements_of_rdflib}


def main():
    options = arguments(__doc__, [(["--only"], {"choices": READERS, "action": "append"})])
    project = Project(options.project)
    if project.reads_shared:
        shared_folder()
    result = options.work / project.name / "result.json"
    if not result.exists():
        skip(f"{project.name} was not built")
    counted = json.loads(result.read_text())["statements"]["in_graph"]
    failures, done = Failures(), []
    for name in options.only or READERS:
        if not use_oracles(name):
            print(f"not checked: {name} is not installed (scripts/test installs it)")
            failures.true(f"{name} is missing on CI", os.environ.get("CI") != "true")
            continue
        turtle = READERS[name](options.work / project.name / "out" / "graph.ttl")
        lines = READERS[name](options.work / project.name / "out" / "graph.nt")
        failures.equal(f"{name}: statements of the Turtle", len(turtle), counted)
        failures.equal(f"{name}: statements that only the Turtle has", len(turtle - lines), 0)
        failures.equal(f"{name}: statements that only the N-Triples have", len(lines - turtle), 0)
        done.append(name)
    if not done:
        skip("none of the readers is installed")
    failures.end(f"{project.name}: {counted:,} statements for {' and '.join(done)}")


if __name__ == "__main__":
    main()
