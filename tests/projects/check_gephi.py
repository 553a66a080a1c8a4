#!/usr/bin/env python3
"""Imports the GraphML made for Gephi with Gephi's own importer: the nodes and edges of the ledger, and no
issue of a severity above INFO. Needs Java 17, Maven and the checker of the shared tools."""

import json
import os
import shutil
import subprocess

from project import Failures, Project, arguments
from skipping import ROOT, shared_folder, skip

EXPORT = {"path": "out/gephi.graphml", "for": "gephi"}


def main():
    options = arguments(__doc__)
    checker = shared_folder() / "tools" / "gephi-check" / "gephi-check.sh"
    missing = [each for each in ("java", "mvn") if not shutil.which(each)]
    if missing:
        skip(f"{' and '.join(missing)} not installed")
    project = Project(options.project)
    folder = project.copy(options.work / f"{project.name}-gephi", [EXPORT])
    failures = Failures()
    done = project.build(options.program, folder, "--json")
    failures.equal("exit code", done.code, project.exit_code())
    if done.code not in (0, 1):
        print(done.err)
        failures.end("")
    contents = next(e["contents"] for e in json.loads(done.out)["exports"] if e["path"].endswith("gephi.graphml"))
    env = {"GEPHI_CHECK_BUILD": str(ROOT / "build" / "gephi-check"), **os.environ}
    gephi = subprocess.run(["sh", checker, "--fail-on", "WARNING", folder / "out" / "gephi.graphml"],
                           capture_output=True, text=True, env=env)
    failures.equal("exit code of the checker", gephi.returncode, 0)
    if gephi.returncode > 1:
        print(gephi.stderr[-4000:])
    else:
        told = json.loads(gephi.stdout)
        parsed = told["parsed"]
        if gephi.returncode:
            print(json.dumps(told["issues"], indent=1)[:4000])
        failures.equal("nodes and edges for Gephi", (parsed["nodes"], parsed["edges"]),
                       (contents["nodes"], contents["edges"]))
    failures.end(f"{project.name}: {contents['nodes']:,} nodes, {contents['edges']:,} edges for Gephi")


if __name__ == "__main__":
    main()
