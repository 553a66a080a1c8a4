#!/usr/bin/env python3
"""The same input gives the same bytes: for one and for two threads, in two runs, in two locales and in
another time zone; for all outputs of a project and for what is streamed."""

import os
import shutil
import subprocess

from program_test import PROJECT, Check

EXPORTS = """  - {path: out/graph.gexf}
  - {path: out/gephi.graphml, for: gephi, links: both}
  - {path: out/stable.ttl, mode: diff-stable}
  - {path: out/packed.nt.gz}
reports: [out/report.ttl, out/report.json, out/report.txt]
ledger: out/ledger.json
"""


def german(folder):
    """LOCPATH of a German locale, made here; nothing where the machine cannot."""
    if shutil.which("localedef") is None:
        return {}
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.UTF-8")],
                          capture_output=True)
    return {"LOCPATH": str(folder)} if made.returncode in (0, 1) else {}


def main():
    check = Check(__doc__)
    locales = check.folder / "locales"
    locales.mkdir()
    ways = {
        "one thread": (["--threads", "1"], {"LC_ALL": "C"}),
        "two threads": (["--threads", "2"], {"LC_ALL": "C"}),
        "again": (["--threads", "2"], {"LC_ALL": "C"}),
        "seven threads": (["--threads", "7"], {"LC_ALL": "C"}),
        "German": (["--threads", "2"], {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo", **german(locales)}),
    }
    kept = {}
    for way, (options, env) in ways.items():
        folder = check.folder / "work"
        shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("out"))
        (folder / "dossier.yaml").write_text((PROJECT / "dossier.yaml").read_text() + EXPORTS)
        # A warning and findings, so that reports have something to say.
        with open(folder / "apps.csv", "a") as apps:
            apps.write("noname,,,A\nragged,Ragged\n")
        built = check.run("build", "work", *options, env=env)
        check.equal(f"{way}: exit code", built.code, 1)
        files = {p.name: p.read_bytes() for p in sorted((folder / "out").iterdir())}
        files["stdout"], files["stderr"] = built.out, built.err.encode()
        files["map"] = check.run("map", "work/bans.yarrrml.yaml", *options, env=env).out
        files["look"] = check.run("map", "work/bans.yarrrml.yaml", "--test", "2", *options, env=env).out
        files["stats"] = check.run("stats", "work", "--json", *options, env=env).out
        files["explain"] = check.run("explain", "ex:tiktok", "work", *options, env=env).out
        files["canonical"] = check.run("convert", "work/out/graph.ttl", "--to", "nquads", "--mode",
                                       "canonical", *options, env=env).out
        kept[way] = files
        shutil.rmtree(folder)
    first = kept["one thread"]
    check.equal("files that are compared", len(first), 18)
    for way, files in kept.items():
        check.equal(f"{way}: files", sorted(files), sorted(first))
        for name, data in files.items():
            check.true(f"{way}: {name} differs from one thread", data == first.get(name))
            check.true(f"{name} is empty", len(data) > 0)
    os.environ.pop("LOCPATH", None)
    check.end()


if __name__ == "__main__":
    main()
