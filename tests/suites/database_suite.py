#!/usr/bin/env python3
"""The cases of rml-io and rml-io-registry whose source is a database, each run by the program against a real server
that this test starts. Prints the same table as the other suites. Usage: database_suite.py --program DOSSIER
[--only postgresql|mariadb|sqlite]"""

import argparse
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import skipping
from database_servers import Mariadb, Postgresql, running
from statements import statements

NO_COLUMN = ("its query is SELECT NoColumnName, ID, Name; its resource.sql makes the columns ID and Name, and the server "
             "says that there is no other")
KNOWN = {
    "mariadb": {
        "RMLIOREGTC0004k": "expects the column ID INTEGER as \"10\" without a datatype; RML-IO-Registry, SQL, \"Natural RDF "
                           "mapping of SQL values\" makes INTEGER xsd:integer, as RMLIOREGTC0004v expects of the same type",
        "RMLIOREGTC0004l": NO_COLUMN,
    },
    "postgresql": {
        "RMLIOREGTC0005d": "its title is \"table invalid\" and it wants an error, but mapping and table are those of "
                           "RMLIOREGTC0004c (\"NULL\"), which expects an output; the invalid table of RMLIOREGTC0004d stands in "
                           "0005c, whose title is \"NULL\": the two were exchanged",
        "RMLIOREGTC0005k": "its query is SELECT ID, Name; an unquoted name is folded to lower case in PostgreSQL (manual, "
                           "section 4.1.1), and resource.sql makes the columns \"ID\" and \"Name\"",
        "RMLIOREGTC0005l": NO_COLUMN,
    },
    "sqlite": {},
}


def same(got, wanted):
    return statements(got) == statements(wanted)


def run_case(program, mapping, folder, error, wanted):
    out = folder / "out.nq"
    run = subprocess.run([program, "map", str(mapping), "-o", str(out), "--base", "http://example.com/base/"],
                         capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"})
    if error:
        if run.returncode == 0:
            return "no error was found; got\n" + out.read_text()
        return f"an output was left, exit {run.returncode}" if out.exists() or run.returncode != 2 else None
    if run.returncode != 0:
        return run.stderr
    got = out.read_text(encoding="utf-8")
    return None if same(got, wanted) else f"gave\n{got}wanted\n{wanted}"


def registry_cases(suite, number):
    with open(suite / "metadata.csv", newline="") as file:
        for row in csv.DictReader(file):
            if row["ID"].startswith(f"RMLIOREGTC{number}"):
                yield suite / row["ID"], row["error"] == "true"


def run_registry(program, server, suite, number, table):
    for folder, error in sorted(registry_cases(suite, number)):
        server.load((folder / "resource.sql").read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as scratch:
            mapping = Path(scratch) / "mapping.ttl"
            text = (folder / "mapping.ttl").read_text(encoding="utf-8")
            mapping.write_text(text.replace('"CONNECTIONDSN"', f'"{server.address()}"'), encoding="utf-8")
            wanted = "" if error else (folder / "output.nq").read_text(encoding="utf-8")
            table[folder.name] = run_case(program, mapping, Path(scratch), error, wanted)


FRIENDS = """CREATE TABLE {name} (id INTEGER, name VARCHAR(50), age INTEGER);
INSERT INTO {name} VALUES (0,'Monica Geller',33),(1,'Rachel Green',34),(2,'Joey Tribbiani',35),
(3,'Chandler Bing',36),(4,'Ross Geller',37);"""


def run_friends(program, suite, address, user, table):
    """RMLSTC0006a names its database by variables of the environment."""
    folder = suite / "RMLSTC0006a"
    os.environ.update(CONNECTIONDSN=address, USERNAME=user, PASSWORD="")
    with tempfile.TemporaryDirectory() as scratch:
        mapping = Path(scratch) / "mapping.ttl"
        shutil.copy(folder / "mapping.ttl", mapping)
        table[folder.name] = run_case(program, mapping, Path(scratch), False, (folder / "default.nq").read_text())


def report(system, table):
    known, bad = KNOWN[system], 0
    print(f"{'RML-IO databases, ' + system:<32} {sum(p is None for p in table.values()):>5} of {len(table):>5}")
    for name, problem in table.items():
        if problem is None and name in known:
            bad += 1
            print(f"{name} is listed as a known failure, but passes")
        elif problem is not None and name in known:
            print(f"    known to fail: {name}: {known[name]}")
        elif problem is not None:
            bad += 1
            print(f"{name}: {problem}")
    return bad


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--only", choices=list(KNOWN), required=True)
    options = arguments.parse_args()
    suites = skipping.shared_folder() / "suites"
    io, registry = suites / "rml-io", suites / "rml-io-registry"
    table = {}
    if options.only == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "friends.db"
            with sqlite3.connect(file) as database:
                database.executescript(FRIENDS.format(name="Friends"))
            run_friends(options.program, io, f"jdbc:sqlite:{file}", "", table)
        return report("sqlite", table)
    kind, number = (Postgresql, "0005") if options.only == "postgresql" else (Mariadb, "0004")
    if kind.missing():
        skipping.skip(kind.missing())
    with running(kind) as server:
        server.load(FRIENDS.format(name="Friends"))
        run_friends(options.program, io, server.address(), "postgres" if kind is Postgresql else "root", table)
        run_registry(options.program, server, registry, number, table)
    return report(options.only, table)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
