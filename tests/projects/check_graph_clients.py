#!/usr/bin/env python3
"""Reads the GraphML of a built project with xmllint, networkx and igraph: the nodes and edges of the ledger."""

import json
import shutil
import subprocess

import clients
from project import Failures, Project, arguments
from skipping import shared_folder, skip


def main():
    options = arguments(__doc__)
    project = Project(options.project)
    schema = shared_folder() / "suites" / "graphml-xsd" / "graphml.xsd"
    folder = options.work / project.name
    if not (folder / "result.json").exists():
        skip(f"{project.name} was not built")
    if not shutil.which("xmllint"):
        skip("xmllint is not installed")
    graphml = folder / "out" / "graph.graphml"
    failures = Failures()
    xmllint = subprocess.run(["xmllint", "--nonet", "--noout", "--huge", "--schema", schema, graphml],
                             capture_output=True, text=True)
    failures.true(f"not valid by the schema: {xmllint.stderr[:2000]}", xmllint.returncode == 0)
    exports = json.loads((folder / "result.json").read_text())["exports"]
    contents = next(e["contents"] for e in exports if e["path"].endswith("graph.graphml"))
    wanted = contents["nodes"], contents["edges"]
    failures.equal("networkx: nodes and edges", clients.graph_of_networkx(graphml), wanted)
    failures.equal("igraph: nodes and edges", clients.graph_of_igraph(graphml), wanted)
    failures.end(f"{project.name}: {wanted[0]:,} nodes, {wanted[1]:,} edges for networkx and igraph")


if __name__ == "__main__":
    main()
