#!/usr/bin/env python3
"""A larger example project from a seed: companies, apps, officials, bodies, bans, owners, partners, claims and
offices, with the mapping and the project file, in the vocabulary of the domain ontology. The same seed and
scale give the same bytes on every machine.

    bench/domain_data.py OUT --scale 1000 [--seed 1] [--faults 0]

One unit of scale is about 36 statements: `--scale 140000` gives about 5 million. `--faults N` plants N of
each kind of fault (a date that does not exist, an end before its start, an owner that is not described), for
runs that must find them."""

import argparse
import csv
import pathlib
import random

SYLLABLES = ("ka lo mi ren ta vo shi an del or um pra si ne tu bel gar ix zo ya ber lin mos ce wen hai "
             "dou qin rü ñan é ōs").split()
WORDS = ("data access of users download update service payment transfer security concern order review audit "
         "court appeal national market region partner licence code oversight hosting platform store").split()
STATUS = ["announced", "inForce", "suspended", "revoked", "expired", "lifted"]
STANCES = ["inFavour", "against", "neutral"]


class Maker:
    def __init__(self, out, scale, seed, faults):
        self.out, self.n, self.random, self.faults = pathlib.Path(out), scale, random.Random(seed), faults
        self.rows = {}

    def name(self):
        r = self.random
        return " ".join("".join(r.choice(SYLLABLES) for _ in range(r.randint(2, 4))).capitalize()
                        for _ in range(r.randint(1, 2)))

    def text(self, low, high):
        r = self.random
        words = [r.choice(WORDS) for _ in range(r.randint(low, high))]
        text = " ".join(words)
        kind = r.random()
        if kind < 0.10:
            text = text.replace(" ", ", ", 2)
        elif kind < 0.15:
            text = f'the "{words[0]}" ' + text
        elif kind < 0.17:
            text = text.replace(" ", "\n", 1)
        return text

    def date(self, low=1990, high=2024):
        r = self.random
        return f"{r.randint(low, high)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"

    def later(self, date):
        return f"{int(date[:4]) + self.random.randint(1, 5)}{date[4:]}"

    def table(self, name, header, rows):
        with open(self.out / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            count = 0
            for row in rows:
                writer.writerow(row)
                count += 1
        self.rows[name] = count

    def make(self):
        r, n = self.random, self.n
        apps, officials = max(1, n * 6 // 10), max(1, n * 3 // 10)
        bodies, sources = max(1, n // 50), max(1, min(1000, n // 10))
        positions = max(1, n // 20)
        source = lambda: f"s{r.randrange(sources)}"
        self.table("sources", ["id", "title", "publisher", "published"],
                   ([f"s{i}", self.text(3, 6), self.name(), self.date(2015)] for i in range(sources)))
        self.table("territories", ["id", "name", "alpha2"],
                   ([f"t{i}", self.name(), chr(65 + i // 26) + chr(65 + i % 26)] for i in range(200)))
        self.table("bodies", ["id", "name", "territory", "source"],
                   ([f"b{i}", self.name() + " Authority", f"t{r.randrange(200)}", source()]
                    for i in range(bodies)))
        self.table("companies",
                   ["id", "name", "registration", "territory", "website", "founded", "description", "source"],
                   ([f"c{i}", self.name() + r.choice([" Ltd", " Inc", " AG", " Oy"]), f"{r.randrange(10**9):09}",
                     f"t{r.randrange(200)}", f"https://c{i}.example.org/" if r.random() < 0.6 else "",
                     self.date(1950, 2020), self.text(6, 14), source()] for i in range(n)))
        self.table("apps", ["id", "name", "publisher", "users", "description", "source"],
                   ([f"a{i}", self.name(), f"c{r.randrange(n)}", r.randrange(1, 10**9), self.text(4, 9), source()]
                    for i in range(apps)))
        self.table("officials", ["id", "name", "born", "source"],
                   ([f"o{i}", self.name() + " " + self.name(), self.date(1930, 1990), source()]
                    for i in range(officials)))
        self.table("positions", ["id", "name", "body", "source"],
                   ([f"p{i}", self.text(2, 3).title(), f"b{r.randrange(bodies)}", source()]
                    for i in range(positions)))
        self.table("bans", ["id", "authority", "target", "start", "end", "status", "scope", "source"],
                   (self.ban(i, bodies, apps, source()) for i in range(n)))
        self.table("ownership", ["id", "owner", "asset", "start", "share", "source"],
                   ([f"w{i}", f"c{n + i}" if i < self.faults else f"c{r.randrange(n)}",
                     f"c{r.randrange(n)}" if r.random() < 0.5 else f"a{r.randrange(apps)}",
                     self.date(), f"{r.randrange(1, 10000) / 100:.2f}", source()] for i in range(n)))
        self.table("partnerships", ["id", "partner", "counterpart", "start", "role", "source"],
                   ([f"n{i}", f"c{r.randrange(n)}", f"c{r.randrange(n)}", self.date(), self.text(2, 4), source()]
                    for i in range(n * 3 // 10)))
        self.table("claims", ["id", "speaker", "about", "date", "stance", "text", "source"],
                   ([f"k{i}", f"o{r.randrange(officials)}", f"a{r.randrange(apps)}", self.date(2015),
                     r.choice(STANCES), self.text(8, 20), source()] for i in range(n * 4 // 10)))
        self.table("offices", ["id", "holder", "position", "start", "end", "source"],
                   (self.office(i, officials, positions, source()) for i in range(n * 4 // 10)))

    def ban(self, i, bodies, apps, source):
        r = self.random
        start = self.date(2005)
        end = self.later(start) if r.random() < 0.3 else ""
        if i < self.faults:
            end = f"{int(start[:4]) - 1}{start[4:]}"
        return [f"x{i}", f"b{r.randrange(bodies)}", f"a{r.randrange(apps)}", start, end, r.choice(STATUS),
                self.text(4, 10), source]

    def office(self, i, officials, positions, source):
        r = self.random
        start = self.date(1980)
        if i < self.faults:
            start = start[:5] + "02-30"
        return [f"h{i}", f"o{r.randrange(officials)}", f"p{r.randrange(positions)}", start,
                self.later(start) if r.random() < 0.7 and i >= self.faults else "", source]


MAPPING = """# Made by bench/domain_data.py.
prefixes:
  ex: https://example.org/domain/
  dos: https://w3id.org/dossier/ns#
  xsd: http://www.w3.org/2001/XMLSchema#
mappings:
"""
# table: (class, [(property, reference or template, kind)])
TABLES = {
    "sources": ("NewsArticle", [("title", "title", "en~lang"), ("publisherName", "publisher", ""),
                                ("publicationDate", "published", "xsd:date")]),
    "territories": ("Country", [("name", "name", "en~lang"), ("isoAlpha2", "alpha2", "")]),
    "bodies": ("GovernmentBody", [("name", "name", "en~lang"), ("jurisdiction", "territory", "iri")]),
    "companies": ("Company", [("name", "name", ""), ("registrationNumber", "registration", ""),
                              ("country", "territory", "iri"), ("website", "website", "xsd:anyURI"),
                              ("inceptionDate", "founded", "xsd:date"), ("description", "description", "en~lang")]),
    "apps": ("App", [("name", "name", ""), ("userCount", "users", "xsd:nonNegativeInteger"),
                     ("description", "description", "en~lang")]),
    "officials": ("Official", [("name", "name", ""), ("birthDate", "born", "xsd:date")]),
    "positions": ("Position", [("name", "name", "en~lang"), ("positionIn", "body", "iri")]),
    "bans": ("Ban", [("authority", "authority", "iri"), ("target", "target", "iri"),
                     ("startDate", "start", "xsd:date"), ("endDate", "end", "xsd:date"),
                     ("status", "status", "term"), ("scope", "scope", "en~lang")]),
    "ownership": ("Ownership", [("owner", "owner", "iri"), ("asset", "asset", "iri"),
                                ("startDate", "start", "xsd:date"), ("shareExact", "share", "xsd:decimal")]),
    "partnerships": ("Partnership", [("partner", "partner", "iri"), ("counterpart", "counterpart", "iri"),
                                     ("startDate", "start", "xsd:date"), ("role", "role", "en~lang")]),
    "claims": ("Claim", [("speaker", "speaker", "iri"), ("about", "about", "iri"),
                         ("statedDate", "date", "xsd:date"), ("stance", "stance", "term"),
                         ("statementText", "text", "en~lang")]),
    "offices": ("OfficeHolding", [("holder", "holder", "iri"), ("position", "position", "iri"),
                                  ("startDate", "start", "xsd:date"), ("endDate", "end", "xsd:date")]),
}


def mapping():
    parts = [MAPPING]
    for table, (cls, columns) in TABLES.items():
        parts.append(f"  {table}:\n    sources: [[{table}.csv~csv]]\n    s: ex:$(id)\n    po:\n      - [a, dos:{cls}]\n")
        for prop, reference, kind in columns:
            if kind == "iri":
                value = f"ex:$({reference})~iri"
            elif kind == "term":
                value = f"dos:$({reference})~iri"
            else:
                value = f"$({reference})" + (f", {kind}" if kind else "")
            parts.append(f"      - [dos:{prop}, {value}]\n")
        if table not in ("sources", "territories"):
            parts.append("      - [dos:source, ex:$(source)~iri]\n")
    return "".join(parts)


PROJECT = """dossier: 1
name: domain-example
title: A larger example from a seed
base: https://example.org/domain/
prefixes:
  ex: https://example.org/domain/
  dos: https://w3id.org/dossier/ns#
mappings: [domain.yarrrml.yaml]
ontology: {domain: true}
exports:
  - {path: out/graph.ttl}
  - {path: out/graph.graphml}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out")
    parser.add_argument("--scale", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=0)
    arguments = parser.parse_args()
    maker = Maker(arguments.out, arguments.scale, arguments.seed, arguments.faults)
    maker.out.mkdir(parents=True, exist_ok=True)
    maker.make()
    (maker.out / "domain.yarrrml.yaml").write_text(mapping(), encoding="utf-8")
    (maker.out / "dossier.yaml").write_text(PROJECT, encoding="utf-8")
    print(f"{sum(maker.rows.values()):,} rows in {len(maker.rows)} tables: {arguments.out}")


if __name__ == "__main__":
    main()
