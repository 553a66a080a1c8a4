#!/usr/bin/env python3
"""Databases as sources, through the program: natural types, names, and each fault, which must be one diagnostic with
a place, exit 2 and no output. SQLite files are made by Python's sqlite3. Usage: check_databases.py --program DOSSIER"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from statements import statements

XSD = "http://www.w3.org/2001/XMLSchema#"
TABLE = """
CREATE TABLE "Order" (id INTEGER PRIMARY KEY, "full name" TEXT, price REAL, whole REAL, paid BOOLEAN, day DATE,
                      at TIMESTAMP, photo BLOB, "nothing" TEXT, exact DECIMAL(10,2), empty TEXT);
INSERT INTO "Order" VALUES (1, 'Zoë "Q"', 80.25, 30.0, 1, '2021-02-03', '2021-02-03 04:05:06', x'00ff10', NULL, 12.5, '');
INSERT INTO "Order" VALUES (2, 'Bob', 0.1, 1e300, 0, 'yesterday', '2021-02-03', NULL, NULL, 3, '');
"""
TYPED = {  # column -> literal of row 1
    "id": f'"1"^^<{XSD}integer>', "full name": '"Zoë \\"Q\\""', "price": f'"80.25"^^<{XSD}double>',
    "whole": f'"30.0"^^<{XSD}double>', "paid": f'"true"^^<{XSD}boolean>', "day": f'"2021-02-03"^^<{XSD}date>',
    "at": f'"2021-02-03T04:05:06"^^<{XSD}dateTime>', "photo": f'"00FF10"^^<{XSD}hexBinary>',
    "exact": f'"12.5"^^<{XSD}decimal>', "empty": '""', "nothing": None,
}
MAPPING = """
@prefix rml: <http://w3id.org/rml/> .
@prefix d2rq: <http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#> .
<http://e/map> a rml:TriplesMap ;
  rml:logicalSource [ rml:source [ a d2rq:Database ; d2rq:jdbcDSN "%(address)s" %(more)s ] ;
    rml:referenceFormulation rml:%(kind)s ; rml:iterator \"\"\"%(what)s\"\"\" ] ;
  rml:subjectMap [ rml:template "http://e/{id}" ] ;
  rml:predicateObjectMap [ rml:predicate <http://e/p> ; rml:objectMap [ rml:reference "%(column)s" ] ] .
"""
YARRRML = """
mappings:
  m:
    sources:
      - access: shop.db
        type: sqlite
        query: SELECT id, "full name" AS name FROM "Order"
    s: http://e/$(id)
    po: [[http://e/p, $(name)]]
"""
bad = 0


def check(claim, holds, found=""):
    global bad
    if not holds:
        bad += 1
        print(f"FAILED: {claim}\n{found}")


def run(program, folder, text, *more, name="m.ttl", env=None):
    (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run([program, "map", name, "-o", "out.nq", *more], cwd=folder, capture_output=True, text=True,
                          env=os.environ | (env or {}))
    return done


def mapping(column="id", what='"Order"', kind="SQL2008Table", address="jdbc:sqlite:shop.db", more=""):
    what = what.replace('"', '\\"')
    return MAPPING % {"column": column, "what": what, "kind": kind, "address": address, "more": more}


def fault(program, folder, claim, code, text, says, env=None):
    out = folder / "out.nq"
    out.write_text("old")
    done = run(program, folder, text, env=env)
    errors = [line for line in done.stderr.splitlines() if ": error: " in line and "E0300" not in line]
    check(claim, done.returncode == 2 and len(errors) == 1 and f"[{code}]" in errors[0] and says in done.stderr
          and "m.ttl:" in done.stderr and out.read_text() == "old" and len(list(folder.glob("*.tmp"))) == 0,
          f"exit {done.returncode}\n{done.stderr}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    program = str(Path(arguments.parse_args().program).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with sqlite3.connect(folder / "shop.db") as database:
            database.executescript(TABLE)
        (folder / "no.db").write_text("this is no database, but long enough to be looked at " * 20)
        for column, literal in TYPED.items():
            done = run(program, folder, mapping(column))
            text = (folder / "out.nq").read_text(encoding="utf-8")
            first = [line for line in text.splitlines() if line.startswith("<http://e/1>")]
            wanted = [f"<http://e/1> <http://e/p> {literal} ."] if literal else []
            check(f"{column} has its natural type", done.returncode == 0 and first == wanted, done.stderr + text)
        check("a date that is none stays text",
              run(program, folder, mapping("day")).returncode == 0 and '"yesterday" .' in (folder / "out.nq").read_text())
        done = run(program, folder, YARRRML, name="m.yarrrml.yaml")
        check("YARRRML names databases too", done.returncode == 0 and
              statements((folder / "out.nq").read_text()) == {("<http://e/1>", "<http://e/p>", '"Zoë \\"Q\\""'),
                                                              ("<http://e/2>", "<http://e/p>", '"Bob"')}, done.stderr)
        done = run(program, folder, mapping(address="$SHOP"), env={"SHOP": "sqlite:shop.db"})
        check("an address may stand in the environment", done.returncode == 0, done.stderr)
        done = run(program, folder, mapping(more='; d2rq:password "secret"'))
        check("a password in the mapping is warned of, and not shown",
              done.returncode == 0 and "E0806" in done.stderr and "secret" not in done.stderr, done.stderr)

        query = {"kind": "SQL2008Query"}
        fault(program, folder, "a misspelt column", "E0208", mapping("prise"), 'did you mean "price"')
        fault(program, folder, "a table that is not there", "E0802", mapping(what="Orders"), "Orders")
        fault(program, folder, "a table that is a command", "E0802", mapping(what="t; DROP TABLE t"), "not the name")
        fault(program, folder, "DROP", "E0803", mapping(what='DROP TABLE "Order"', **query), "drop")
        fault(program, folder, "ATTACH", "E0803", mapping(what="ATTACH 'x.db' AS x", **query), "attach")
        fault(program, folder, "a second command", "E0803", mapping(what="SELECT 1 AS id; DELETE FROM t", **query), "several")
        fault(program, folder, "INTO", "E0803", mapping(what="SELECT 1 AS id INTO OUTFILE 'x'", **query), "INTO")
        fault(program, folder, "load_extension", "E0802", mapping(what="SELECT load_extension('x') AS id", **query), "")
        fault(program, folder, "broken SQL", "E0802", mapping(what="SELECT FROM WHERE", **query), "syntax")
        fault(program, folder, "a column twice", "E0203", mapping(what="SELECT 1 AS id, 2 AS id", **query), "twice")
        fault(program, folder, "no database file", "E0801", mapping(address="jdbc:sqlite:none.db"), "cannot be opened")
        fault(program, folder, "a file that is no database", "E0801", mapping(address="sqlite:no.db"), "")
        fault(program, folder, "a server that is away", "E0801", mapping(address=f"postgresql:///x?host={folder}"),
              "cannot be reached")
        fault(program, folder, "a MySQL server that is away", "E0801", mapping(address=f"mysql:///x?socket={folder}/s"),
              "cannot be reached")
        fault(program, folder, "another machine", "E0008", mapping(address="postgresql://192.0.2.1/x"), "--allow-network")
        fault(program, folder, "another machine by the environment", "E0008", mapping(address="postgresql:///x"),
              "--allow-network", env={"PGHOST": "192.0.2.1"})
        fault(program, folder, "an address of no known system", "E0800", mapping(address="oracle:x"), "jdbc:sqlite")
        fault(program, folder, "a variable that is not set", "E0805", mapping(more='; d2rq:password "$NO_SUCH_THING"'),
              "NO_SUCH_THING")
    print("databases: every claim holds" if not bad else f"{bad} claims failed")
    return bad


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
