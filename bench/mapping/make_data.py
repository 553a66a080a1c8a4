#!/usr/bin/env python3
"""Tables, trees and mappings for bench/mapping/run.py, from a seed: the same size and seed give the same bytes
on every machine.

    bench/mapping/make_data.py OUT [--size 1000000] [--seed 1]

SIZE is the number of rows of the largest table. Made are, each in a folder with `mapping.ttl` in the vocabulary of
rml.io (which all engines read but FlexRML) and `mapping.rml.ttl` in that of w3id.org/rml:

    raw         SIZE rows of 10 columns with a key: 10 SIZE statements
    duplicates  SIZE rows of 10 columns, SIZE / 10 different
    join        SIZE / 10 rows on each side, one to one
    many        SIZE / 10 rows, each with 4 of SIZE / 100 parents
    json, xml   the first SIZE / 10 rows of raw
    domain      bans, apps, companies and officials: 8 triples maps, 6 joins, about 2.5 SIZE statements"""

import argparse
import csv
import json
import pathlib
import random
from xml.sax.saxutils import escape

OLD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/ns#> .
@base <http://example.org/mapping/> .
"""
NEW = """@prefix rml: <http://w3id.org/rml/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/ns#> .
@base <http://example.org/mapping/> .
"""
WORDS = ("data access of users download update service payment transfer security concern order review audit "
         "court appeal national market region partner licence code oversight hosting platform store qualité "
         "Straße").split()
COLUMNS = ["id", "name", "city", "amount", "day", "code", "note", "flag", "price", "link"]


class Source:
    """A logical source in both vocabularies."""

    def __init__(self, path, iterator=None):
        self.path, self.iterator = path, iterator
        self.kind = {"csv": "CSV", "json": "JSONPath", "xml": "XPath"}[path.rsplit(".", 1)[1]]

    def old(self):
        iterator = f' rml:iterator "{self.iterator}" ;' if self.iterator else ""
        return f'rml:logicalSource [ rml:source "{self.path}" ; rml:referenceFormulation ql:{self.kind} ;{iterator} ]'

    def new(self):
        iterator = f' rml:iterator "{self.iterator}" ;' if self.iterator else ""
        return (f'rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; '
                f'rml:path "{self.path}" ] ; rml:referenceFormulation rml:{self.kind} ;{iterator} ]')


class TriplesMap:
    """`objects`: (property, object); an object is a reference, a template (with braces), or a join
    (parent map, child column, parent column). A property may carry a datatype: "amount^^xsd:integer"."""

    def __init__(self, name, source, subject, cls, objects):
        self.name, self.source, self.subject, self.cls, self.objects = name, source, subject, cls, objects

    def text(self, old):
        vocabulary = "rr" if old else "rml"
        lines = [f"<#{self.name}> a {vocabulary}:TriplesMap ;", f"  {self.source.old() if old else self.source.new()} ;"]
        cls = f" ; {vocabulary}:class {self.cls}" if self.cls else ""
        lines.append(f'  {vocabulary}:subjectMap [ {vocabulary}:template "{self.subject}"{cls} ] ;')
        for prop, value in self.objects:
            prop, _, datatype = prop.partition("^^")
            if isinstance(value, tuple):
                parent, child, key = value
                inner = (f'{vocabulary}:parentTriplesMap <#{parent}> ; {vocabulary}:joinCondition '
                         f'[ {vocabulary}:child "{child}" ; {vocabulary}:parent "{key}" ]')
            elif "{" in value:
                inner = f'{vocabulary}:template "{value}"'
            else:
                inner = f'rml:reference "{value}"' + (f" ; {vocabulary}:datatype {datatype}" if datatype else "")
            lines.append(f"  {vocabulary}:predicateObjectMap [ {vocabulary}:predicate ex:{prop} ; "
                         f"{vocabulary}:objectMap [ {inner} ] ] ;")
        lines[-1] = lines[-1][:-1] + "."
        return "\n".join(lines) + "\n"


def write_mapping(folder, maps):
    (folder / "mapping.ttl").write_text(OLD + "".join(each.text(True) for each in maps), encoding="utf-8")
    (folder / "mapping.rml.ttl").write_text(NEW + "".join(each.text(False) for each in maps), encoding="utf-8")


def write_table(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


class Maker:
    def __init__(self, out, size, seed):
        self.out, self.size, self.seed = pathlib.Path(out), size, seed

    def folder(self, name):
        self.random = random.Random(f"{self.seed} {name}")
        folder = self.out / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def text(self, low, high):
        """Words; one in ten with commas, one in twenty with quotes."""
        r = self.random
        words = r.choices(WORDS, k=r.randint(low, high))
        kind = r.random()
        if kind < 0.10:
            return ", ".join(words)
        if kind < 0.15:
            words[0] = f'"{words[0]}"'
        return " ".join(words)

    def date(self):
        r = self.random
        return f"{r.randint(1990, 2024)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"

    def row(self, key):
        r = self.random
        return [str(key), self.text(2, 3), WORDS[r.randrange(len(WORDS))], str(r.randrange(100000)), self.date(),
                f"{r.randrange(1 << 32):08x}", self.text(1, 4) if r.random() < 0.9 else "",
                "yes" if r.random() < 0.5 else "no", f"{r.randrange(10000)}.{r.randrange(10)}{r.randrange(1, 10)}",
                f"item-{r.randrange(1000)}"]

    def flat_map(self, source, name="row"):
        objects = [(column, column) for column in COLUMNS]
        objects[3] = ("amount^^xsd:integer", "amount")
        objects[4] = ("day^^xsd:date", "day")
        objects[9] = ("link", "http://example.org/link/{link}")
        return [TriplesMap(name, source, "http://example.org/row/{id}", "", objects)]

    def make_flat(self):
        folder = self.folder("raw")
        small = []
        few = max(1, self.size // 10)

        def rows():
            for key in range(self.size):
                row = self.row(key)
                if key < few:
                    small.append(row)
                yield row
        write_table(folder / "rows.csv", COLUMNS, rows())
        write_mapping(folder, self.flat_map(Source("rows.csv")))
        folder = self.folder("json")
        with open(folder / "rows.json", "w", encoding="utf-8") as file:
            file.write('{"rows": [\n')
            file.write(",\n".join(json.dumps({k: v for k, v in zip(COLUMNS, row) if v}, ensure_ascii=False)
                                  for row in small))
            file.write("\n]}\n")
        write_mapping(folder, self.flat_map(Source("rows.json", "$.rows[*]")))
        folder = self.folder("xml")
        with open(folder / "rows.xml", "w", encoding="utf-8") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n<rows>\n')
            for row in small:
                cells = "".join(f"<{k}>{escape(v)}</{k}>" for k, v in zip(COLUMNS, row) if v)
                file.write(f"<row>{cells}</row>\n")
            file.write("</rows>\n")
        write_mapping(folder, self.flat_map(Source("rows.xml", "/rows/row")))

    def make_duplicates(self):
        folder = self.folder("duplicates")
        distinct = [self.row(key) for key in range(max(1, self.size // 10))]
        write_table(folder / "rows.csv", COLUMNS,
                    (distinct[self.random.randrange(len(distinct))] for _ in range(self.size)))
        write_mapping(folder, self.flat_map(Source("rows.csv")))

    def make_joins(self):
        n = max(1, self.size // 10)
        folder = self.folder("join")
        keys = list(range(n))
        self.random.shuffle(keys)
        write_table(folder / "child.csv", ["id", "key", "value"],
                    ([i, f"k{keys[i]}", self.random.randrange(10**6)] for i in range(n)))
        write_table(folder / "parent.csv", ["id", "key", "value"],
                    ([i, f"k{i}", self.random.randrange(10**6)] for i in range(n)))
        write_mapping(folder, self.joined("child.csv", "parent.csv"))
        folder = self.folder("many")
        parents = max(1, n // 10)
        groups = max(1, parents // 4)
        write_table(folder / "child.csv", ["id", "key", "value"],
                    ([i, f"k{self.random.randrange(groups)}", self.random.randrange(10**6)] for i in range(n)))
        write_table(folder / "parent.csv", ["id", "key", "value"],
                    ([i, f"k{i % groups}", self.random.randrange(10**6)] for i in range(parents)))
        write_mapping(folder, self.joined("child.csv", "parent.csv"))

    def joined(self, child, parent):
        return [TriplesMap("child", Source(child), "http://example.org/child/{id}", "",
                           [("value", "value"), ("parent", ("parent", "key", "key"))]),
                TriplesMap("parent", Source(parent), "http://example.org/parent/{id}", "", [("value", "value")])]

    def make_domain(self):
        folder = self.folder("domain")
        r = self.random
        bans, apps, companies, officials = (max(1, self.size * share // 1000) for share in (150, 80, 60, 40))
        write_table(folder / "companies.csv", ["id", "name", "country", "founded", "registration", "about"],
                    ([f"c{i}", self.text(2, 3).title(), f"C{r.randrange(200)}", self.date(),
                      f"R{r.randrange(10**9):09}", self.text(4, 9) if r.random() < 0.8 else ""]
                     for i in range(companies)))
        write_table(folder / "apps.csv", ["id", "name", "publisher", "users", "released", "store"],
                    ([f"a{i}", self.text(1, 2).title(), f"c{r.randrange(companies)}", r.randrange(10**9),
                      self.date(), r.choice(["play", "appstore", "both", ""])] for i in range(apps)))
        write_table(folder / "officials.csv", ["id", "name", "born", "office", "country"],
                    ([f"o{i}", self.text(2, 2).title(), self.date(), self.text(1, 3), f"C{r.randrange(200)}"]
                     for i in range(officials)))
        write_table(folder / "bans.csv",
                    ["id", "app", "company", "official", "country", "start", "end", "reason", "status", "source"],
                    ([f"b{i}", f"a{r.randrange(apps)}", f"c{r.randrange(companies)}", f"o{r.randrange(officials)}",
                      f"C{r.randrange(200)}", self.date(), self.date() if r.random() < 0.3 else "", self.text(3, 9),
                      r.choice(["in force", "announced", "lifted"]), f"s{r.randrange(1000)}"] for i in range(bans)))
        base = "http://example.org/"
        ban, app, company, official = (Source(f"{n}.csv") for n in ("bans", "apps", "companies", "officials"))
        write_mapping(folder, [
            TriplesMap("ban", ban, base + "ban/{id}", "ex:Ban", [
                ("start^^xsd:date", "start"), ("end^^xsd:date", "end"), ("reason", "reason"), ("status", "status"),
                ("source", base + "source/{source}"), ("target", ("app", "app", "id")),
                ("owner", ("company", "company", "id")), ("statedBy", ("official", "official", "id"))]),
            TriplesMap("app", app, base + "app/{id}", "ex:App", [
                ("name", "name"), ("users^^xsd:integer", "users"), ("released^^xsd:date", "released"),
                ("store", "store"), ("publisher", ("company", "publisher", "id"))]),
            TriplesMap("company", company, base + "company/{id}", "ex:Company", [
                ("name", "name"), ("founded^^xsd:date", "founded"), ("registration", "registration"),
                ("about", "about"), ("country", base + "country/{country}"), ("bannedBy", ("ban", "id", "company"))]),
            TriplesMap("official", official, base + "official/{id}", "ex:Official", [
                ("name", "name"), ("born^^xsd:date", "born"), ("office", "office"),
                ("stated", ("ban", "id", "official"))]),
            TriplesMap("country", company, base + "country/{country}", "ex:Country", [("code", "country")]),
            TriplesMap("banCountry", ban, base + "country/{country}", "ex:Country", [("code", "country")]),
            TriplesMap("source", ban, base + "source/{source}", "ex:Source", [("name", "source")]),
            TriplesMap("jurisdiction", official, base + "country/{country}", "ex:Country", [
                ("code", "country"), ("official", base + "official/{id}")]),
        ])

    def make(self):
        self.make_flat()
        self.make_duplicates()
        self.make_joins()
        self.make_domain()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    Maker(arguments.out, arguments.size, arguments.seed).make()


if __name__ == "__main__":
    main()
