#!/usr/bin/env python3
"""Bad input and bad luck: the right exit code, a diagnostic with a place, nothing half written under a
final name, and the outputs of an earlier run as they were. tests/hostile has the long table; this is
what the project promises first, on one project."""

import os
import shutil
import signal
import subprocess
import time

from program_test import Check, Limits, leftovers

MAPPING = """prefixes: {e: "http://e/", dos: "https://w3id.org/dossier/ns#"}
mappings:
  m:
    sources: [[t.csv~csv]]
    s: e:$(id)
    po:
      - [a, dos:Company]
      - [dos:name, $(name)]
"""
PROJECT = """dossier: 1
name: small
base: http://e/
mappings: [m.yarrrml.yaml]
exports:
  - {path: out/g.nt}
  - {path: out/g.ttl}
  - {path: out/g.graphml}
ledger: out/ledger.json
reports: [out/report.ttl]
"""
TABLE = "id,name\n1,a\n2,b\n"


class Small:
    """A project that builds, and one thing that is changed about it."""

    def __init__(self, check, name):
        self.check, self.name = check, name
        self.folder = check.folder / name
        self.write("dossier.yaml", PROJECT)
        self.write("m.yarrrml.yaml", MAPPING)
        self.write("t.csv", TABLE)
        (self.folder / "out").mkdir()
        for old in ("g.nt", "g.ttl", "g.graphml", "ledger.json", "report.ttl"):
            self.write("out/" + old, "old " + old)

    def write(self, file, text):
        return self.check.write(f"{self.name}/{file}", text)

    def refused(self, *says, code=2, **how):
        """The build ends with this exit code, says these things and leaves all outputs alone."""
        done = self.check.expect(code, "build", ".", cwd=self.folder, says=says, **how)
        self.untouched()
        return done

    def untouched(self):
        for old in sorted((self.folder / "out").iterdir()):
            self.check.equal(f"{self.name}: {old.name}", old.read_text(), "old " + old.name)
        self.check.equal(f"{self.name}: left behind", leftovers(self.folder), [])

    def builds(self, code, *options, says=(), lines=None, **how):
        done = self.check.expect(code, "build", ".", *options, cwd=self.folder, says=says, **how)
        written = (self.folder / "out/g.nt").read_bytes().splitlines()
        if lines is not None:
            self.check.equal(f"{self.name}: statements written", len(written), lines)
        self.check.equal(f"{self.name}: left behind", leftovers(self.folder), [])
        return done


def tables(check):
    ragged = Small(check, "ragged")
    ragged.write("t.csv", "id,name\n1,a,more\n2,b\n")
    ragged.builds(0, says="t.csv:2:5: warning: ", lines=4)
    ragged.builds(1, "--strict", says="t.csv:2:5: violation: ", lines=2)
    Small(check, "quiet_ragged").builds(0, "--quiet", lines=4)

    column = Small(check, "column")
    column.write("m.yarrrml.yaml", MAPPING.replace("$(name)", "$(nmae)"))
    column.refused("m.yarrrml.yaml:8:", "E0208", 'did you mean "name"?')

    utf8 = Small(check, "utf8")
    utf8.write("t.csv", b"id,name\n1,a\n2,b\xff\n")
    utf8.refused("t.csv:3:4: error: ", "E0006")

    missing = Small(check, "missing")
    (missing.folder / "t.csv").unlink()
    missing.refused("E0001", "t.csv")

    quote = Small(check, "quote")
    quote.write("t.csv", 'id,name\n1,"a\n2,b\n')
    quote.refused("t.csv:2:3: error: ", "E0200")

    big = Small(check, "big")
    big.write("t.csv", b"id,name\n1," + b"x" * 200_000_000 + b"\n2,b\n")
    big.builds(0, lines=4, timeout=120)
    shutil.rmtree(big.folder)
    limit = Small(check, "limit")
    limit.write("dossier.yaml", PROJECT + "limits: {max-cell-bytes: 1K}\n")
    limit.write("t.csv", b"id,name\n1," + b"x" * 5000 + b"\n2,b\n")
    limit.refused("E0005", "max-cell-bytes")
    check.expect(0, "build", ".", "--limit", "max-cell-bytes=1M", cwd=limit.folder)


def project_and_mapping(check):
    syntax = Small(check, "syntax")
    syntax.write("m.yarrrml.yaml", MAPPING + "  broken: [\n")
    syntax.refused("m.yarrrml.yaml:", "E0750")

    rml = Small(check, "rml")
    rml.write("dossier.yaml", PROJECT.replace("m.yarrrml.yaml", "m.rml.ttl"))
    rml.write("m.rml.ttl", "@prefix rml: <http://w3id.org/rml/> .\n<http://e/m> a rml:TriplesMap ;\n  [\n")
    rml.refused("m.rml.ttl:3:", "E0100")

    key = Small(check, "key")
    key.write("dossier.yaml", PROJECT.replace("mappings:", "mapings:"))
    key.refused("dossier.yaml:4:1: error: ", "E0602", "did you mean mappings?")

    variable = Small(check, "variable")
    variable.write("dossier.yaml", PROJECT + "source_root: ${DOSSIER_NOT_SET}/x\n")
    variable.refused("dossier.yaml:11:14: error: ", "E0605", "DOSSIER_NOT_SET")

    none = Small(check, "none")
    none.write("dossier.yaml", PROJECT.replace("m.yarrrml.yaml", "no.yarrrml.yaml"))
    none.refused("no.yarrrml.yaml", "E0001")
    check.expect(2, "build", "no_such_folder", says="E0001")
    empty = check.folder / "empty"
    empty.mkdir()
    check.expect(2, "build", cwd=empty, says=["E0601", "dossier init"])

    ontology = Small(check, "ontology")
    ontology.write("dossier.yaml", PROJECT + "ontology: {files: [o.ttl]}\n")
    ontology.write("o.ttl", "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
                   "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix e: <http://e/o#> .\n"
                   "e:A a owl:Class ; owl:disjointWith e:B .\ne:B a owl:Class .\n"
                   "e:C a owl:Class ; rdfs:subClassOf e:A , e:B .\n")
    ontology.refused("o.ttl:6:", "E0401")

    same = Small(check, "same")
    same.write("dossier.yaml", PROJECT + "identity: [same.csv]\n")
    same.write("same.csv", "keep,merge\nhttp://e/1,no iri\n")
    same.refused("same.csv:2:12: error: ", "E0606")

    idle = Small(check, "idle")
    idle.write("dossier.yaml", PROJECT + "sources: [{path: tt.csv, title: T}]\n")
    idle.builds(0, says=["dossier.yaml:11:11: warning: ", "E0611", "did you mean t.csv?"], lines=4)

    counts = Small(check, "counts")
    counts.write("dossier.yaml", PROJECT + 'prefixes: {dos: "https://w3id.org/dossier/ns#"}\n'
                 'checks: {classes: {"dos:Company": {min: 3}}}\n')
    counts.builds(1, says=["dossier.yaml:12:20: violation: ", "E0607", "2 instances"], lines=4)


def outputs(check):
    folder = Small(check, "folder")
    shutil.rmtree(folder.folder / "out")
    folder.builds(0, lines=4)
    shutil.rmtree(folder.folder / "out")
    folder.write("dossier.yaml", PROJECT.replace("out/g.ttl", "no/such/g.ttl"))
    done = check.expect(2, "build", ".", cwd=folder.folder, says=["dossier.yaml:7:12", "E0003", "mkdir -p"])
    check.true("the folder is asked for before the work", "t.csv" not in done.err)
    check.true("nothing was made", not (folder.folder / "out").exists())

    full = Small(check, "full")
    full.write("dossier.yaml", PROJECT.replace("  - {path: out/g.ttl}", "  - {path: /dev/full, format: turtle}"))
    full.refused("E0003", "No space left")
    disk = Small(check, "disk")
    disk.write("t.csv", "id,name\n" + "".join(f"{i},name {i}\n" for i in range(20000)))
    disk.refused("E0003", limits=Limits(file_bytes=100_000))
    check.expect(2, "stats", "full/out/../t.csv", "--from", "ntriples", says="E0100")
    check.write("a.nt", "<http://e/a> <http://e/p> <http://e/b> .\n" * 1000)
    check.expect(2, "convert", "a.nt", "--to", "nquads", "-o", "/dev/full", says="E0003")
    check.expect(2, "convert", "a.nt", "-o", "nowhere/a.nq", says=["E0003", "no folder nowhere"])
    check.expect(2, "model", "-o", "/dev/full", says="E0003")
    memory = Small(check, "memory")
    memory.write("t.csv", "id,name\n" + "".join(f"{i},name {i}\n" for i in range(200000)))
    for megabytes in (2, 5, 8, 11, 14, 20, 30, 40):
        done = check.run("build", ".", "--memory", f"{megabytes}M", "--threads", "2", cwd=memory.folder)
        check.equal(f"{megabytes} MB of memory: {done.err}", (done.code, "E0009" in done.err), (2, True))
        memory.untouched()


def closed_pipe(check):
    check.write("lines.nt", "".join(f"<http://e/{i}> <http://e/p> <http://e/b> .\n" for i in range(200_000)))
    reader = subprocess.Popen([check.program, "convert", "lines.nt", "--to", "nquads"], cwd=check.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    reader.stdout.readline()
    reader.stdout.close()
    said = reader.stderr.read()
    check.equal("a closed pipe ends quietly", (reader.wait(timeout=60), said), (0, b""))


def signals(check):
    stopped = Small(check, "stopped")
    stopped.write("t.csv", "id,name\n" + "".join(f"{i},name {i}\n" for i in range(300_000)))
    ended_early = 0
    for delay in (0.02, 0.1, 0.3, 0.6, 1.0, 1.5):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = subprocess.Popen([check.program, "build", "."], cwd=stopped.folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(delay)
            process.send_signal(number)
            process.stderr.read()
            code = process.wait(timeout=120)
            if code == 0:  # it was faster: put the old outputs back
                for old in (stopped.folder / "out").iterdir():
                    old.write_text("old " + old.name)
                continue
            ended_early += 1
            check.equal("a signal ends the run by that signal", code, -number)
            stopped.untouched()
    check.true("no signal came in mid-run", ended_early > 0)


def main():
    check = Check(__doc__)
    os.environ.pop("DOSSIER_NOT_SET", None)
    for part in (tables, project_and_mapping, outputs, closed_pipe, signals):
        part(check)
    check.end()


if __name__ == "__main__":
    main()
