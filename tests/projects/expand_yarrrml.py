#!/usr/bin/env python3
"""An oracle for mappings: a small YARRRML interpreter over CSV that shares no code with dossier.

    expand_yarrrml.py PROJECT [--stats FILE] > statements.nt

It reads PROJECT/dossier.yaml and its YARRRML mappings, expands every row with Python's csv module, and
prints the distinct statements as sorted N-Triples (N-Quads where a mapping names a graph). With --stats it
writes what it counted as JSON. A path that begins with ./ lies in the project's folder, any other under the
project's source_root, in which ${DOSSIER_SHARED} stands for the folder of the shared data.

What it knows: prefixes, inline and named sources, CSV dialects, several subjects, templates, references,
constants, datatypes, languages, classes, graphs, and joins by `equal`. Anything else stops it, so that it
never guesses. Rules that are a matter of choice:
  - a cell is null if it equals one of the dialect's null marks, as it stands or trimmed; the default mark
    is the empty cell, and a dialect that lists marks of its own lists the empty cell too if it wants it;
  - a term map with a null in it makes no term, and a join key that is null matches nothing;
  - in an IRI template a referenced value keeps its iunreserved characters (RFC 3987) and is
    percent-encoded otherwise; a single reference is taken as an IRI as it is;
  - a row with more or fewer cells than columns is rejected whole, an empty line is skipped.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import yaml

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
REFERENCE = re.compile(r"\$\(((?:\\.|[^\\)])*)\)")
ESCAPED = re.compile(r"\\(.)")
IRI_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
DIALECT_KEYS = {"access", "referenceFormulation", "delimiter", "quote", "encoding", "header",
                "columns", "null", "comment", "trim"}


class Unsupported(Exception):
    """The mapping uses something that this oracle does not know."""


# --- terms -------------------------------------------------------------------------------------------

def is_iunreserved(char):
    code = ord(char)
    if code < 0x80:
        return char.isalnum() or char in "-._~"
    return (0xA0 <= code <= 0xD7FF or 0xF900 <= code <= 0xFDCF or 0xFDF0 <= code <= 0xFFEF
            or (0x10000 <= code <= 0xEFFFD and code & 0xFFFF <= 0xFFFD
                and not 0xE0000 <= code < 0xE1000))


def encode_for_iri(value):
    return "".join(c if is_iunreserved(c) else "".join(f"%{b:02X}" for b in c.encode())
                   for c in value)


ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def quote(value):
    return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04X}" if c < " " or c == "\x7f" else c)
                         for c in value) + '"'


class Template:
    """Constant pieces and column names in turn, made from the text of a YARRRML value."""

    def __init__(self, text):
        self.constants, self.columns, at = [], [], 0
        for found in REFERENCE.finditer(text):
            self.constants.append(ESCAPED.sub(r"\1", text[at:found.start()]))
            self.columns.append(ESCAPED.sub(r"\1", found.group(1)))
            at = found.end()
        self.constants.append(ESCAPED.sub(r"\1", text[at:]))
        self.is_reference = len(self.columns) == 1 and not any(self.constants)

    def value(self, row, encode=lambda v: v):
        out = self.constants[0]
        for column, constant in zip(self.columns, self.constants[1:]):
            cell = row[column]
            if cell is None:
                return None
            out += encode(cell) + constant
        return out


class Expander:
    def __init__(self, project):
        self.folder = Path(project)
        self.project = yaml.safe_load((self.folder / "dossier.yaml").read_text())
        shared = os.environ.get("DOSSIER_SHARED")
        if not shared:
            shared = str(Path(__file__).resolve().parents[2].parent / "shared")
        root = self.project.get("source_root", ".").replace("${DOSSIER_SHARED}", shared)
        self.source_root = self.folder / root
        self.statements, self.counts, self.files, self.file_stats = set(), Counter(), {}, {}
        self.produced = 0

    # --- sources

    def rows(self, source):
        """The rows of one source as dicts from column to text or None; read once, then kept."""
        key = json.dumps(source, sort_keys=True)
        if key not in self.files:
            self.files[key] = list(self.read(source))
        return self.files[key]

    def read(self, source):
        unknown = set(source) - DIALECT_KEYS
        if unknown or source.get("referenceFormulation", "csv") != "csv":
            raise Unsupported(f"source {source}")
        access = source["access"]
        path = (self.folder if access.startswith("./") else self.source_root) / access
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        encoding = source.get("encoding", "utf-8")
        text = data.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=source.get("delimiter", ","),
                            quotechar=source.get("quote", '"'), strict=True)
        columns = source.get("columns")
        nulls, trim = set(source.get("null", [""])), source.get("trim", False)
        comment, has_header, stats = source.get("comment"), source.get("header", True), Counter()
        for cells in reader:
            if not cells or (comment and cells[0].startswith(comment)):
                continue
            if has_header:
                columns, has_header = columns or cells, False
                continue
            stats["read"] += 1
            if len(cells) != len(columns):
                stats["rejected"] += 1
                continue
            stats["mapped"] += 1
            row = {}
            for column, cell in zip(columns, cells):
                short = cell.strip(" \t\r\n") if trim else cell
                row[column] = None if cell in nulls or short in nulls else short
            yield row
        self.file_stats[access] = dict(stats)

    # --- the mapping, made regular

    def source_list(self, entry, named):
        if isinstance(entry, str):
            entry = named[entry]
        if isinstance(entry, list):
            entry = entry[0] if isinstance(entry[0], str) else entry
            access, _, formulation = entry.rpartition("~")
            entry = {"access": access, "referenceFormulation": formulation}
        return entry

    def expand_prefix(self, text):
        prefix, colon, rest = text.partition(":")
        if colon and prefix in self.prefixes and not rest.startswith("//"):
            return self.prefixes[prefix] + rest
        return text

    def iri_map(self, text):
        return ("iri", Template(self.expand_prefix(text)))

    def object_map(self, entry, is_class, third=None):
        if isinstance(entry, dict):
            if "mapping" in entry:
                return ("join", entry["mapping"], self.conditions(entry.get("condition")))
            if set(entry) - {"value", "type", "datatype", "language"}:
                raise Unsupported(f"object {entry}")
            if entry.get("type") == "iri":
                return self.iri_map(str(entry["value"]))
            third = entry.get("datatype") or (
                entry["language"] + "~lang" if "language" in entry else third)
            entry = entry["value"]
        text = str(entry)
        if text.endswith("~iri"):
            return self.iri_map(text[:-4])
        if is_class:
            return self.iri_map(text)
        if third is None:
            suffix = ""
        elif third.endswith("~lang"):
            suffix = "@" + third[:-5]
        else:
            datatype = self.expand_prefix(third)
            suffix = "" if datatype == XSD_STRING else f"^^<{datatype}>"
        return ("literal", Template(self.expand_prefix(text)), suffix)

    def conditions(self, entry):
        pairs = []
        for condition in [] if entry is None else entry if isinstance(entry, list) else [entry]:
            if condition["function"] not in ("equal", "idlab-fn:equal"):
                raise Unsupported(f"condition {condition}")
            values = dict((p[0], p[1]) for p in condition["parameters"])
            pairs.append((Template(values["str1"]), Template(values["str2"])))
        return pairs

    def predicate_objects(self, mapping):
        for entry in mapping.get("po", mapping.get("predicateobjects", [])):
            if isinstance(entry, dict):
                if set(entry) - {"p", "predicates", "o", "objects", "graphs"}:
                    raise Unsupported(f"predicate object {entry}")
                predicates = entry.get("p", entry.get("predicates"))
                objects = entry.get("o", entry.get("objects"))
                objects = objects if isinstance(objects, list) else [objects]
                graphs, third = self.as_list(entry.get("graphs")), None
            else:
                predicates, objects, third = entry[0], entry[1], (entry + [None])[2]
                objects, graphs = objects if isinstance(objects, list) else [objects], []
            for predicate in self.as_list(predicates):
                is_class = predicate in ("a", "rdf:type")
                predicate = ("iri", Template(RDF_TYPE)) if is_class else self.iri_map(predicate)
                for item in objects:
                    item_third = third
                    if isinstance(item, list):
                        item, item_third = item[0], (item + [None])[1]
                    yield (predicate, self.object_map(item, is_class, item_third),
                           [self.iri_map(g) for g in graphs])

    @staticmethod
    def as_list(value):
        return [] if value is None else value if isinstance(value, list) else [value]

    # --- expansion

    def term(self, term_map, row):
        if term_map[0] == "literal":
            value = term_map[1].value(row)
            return None if value is None else quote(value) + term_map[2]
        template = term_map[1]
        value = template.value(row) if template.is_reference else template.value(row, encode_for_iri)
        if value is None:
            return None
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value):
            value = self.project.get("base", "") + value
        if IRI_FORBIDDEN.search(value):
            self.counts["invalid_iri"] += 1
            return None
        return f"<{value}>"

    def emit(self, subject, predicate, value, graphs):
        for graph in graphs or [None]:
            self.produced += 1
            self.statements.add(f"{subject} {predicate} {value} {graph + ' ' if graph else ''}.")

    def subject_maps(self, mapping):
        subjects = mapping.get("s", mapping.get("subject", mapping.get("subjects")))
        if any(isinstance(s, dict) for s in self.as_list(subjects)):
            raise Unsupported(f"subject {subjects}")
        return [self.iri_map(s) for s in self.as_list(subjects)]

    def index(self, name, source, parent_keys):
        """Join key to the subjects of the parent mapping `name`, over one of its sources."""
        index = defaultdict(list)
        for row in self.rows(source):
            key = tuple(k.value(row) for k in parent_keys)
            if None not in key:
                for subject in self.subject_maps(self.mappings[name]):
                    term = self.term(subject, row)
                    if term:
                        index[key].append(term)
        return index

    def sources_of(self, mapping):
        return [self.source_list(s, self.named) for s in mapping["sources"]]

    def joined(self, value, row, source, indices):
        _, name, pairs = value
        if not pairs:
            return [t for s in self.subject_maps(self.mappings[name]) if (t := self.term(s, row))]
        key = tuple(child.value(row) for child, _ in pairs)
        if None in key:
            return []
        found = [t for index in indices for t in index.get(key, [])]
        if not found:
            self.counts["join_without_partner"] += 1
        return found

    def run_mapping(self, name, mapping):
        subjects, rules = self.subject_maps(mapping), list(self.predicate_objects(mapping))
        graphs = [self.iri_map(g) for g in self.as_list(mapping.get("graphs"))]
        indices = {}
        for number, (_, value, _) in enumerate(rules):
            if value[0] == "join" and value[2]:
                keys = [parent for _, parent in value[2]]
                indices[number] = [self.index(value[1], s, keys)
                                   for s in self.sources_of(self.mappings[value[1]])]
        for source in self.sources_of(mapping):
            for row in self.rows(source):
                for subject_map in subjects:
                    subject = self.term(subject_map, row)
                    if subject is None:
                        self.counts[f"no_subject:{name}"] += 1
                        continue
                    for number, (predicate, value, own_graphs) in enumerate(rules):
                        named = [t for g in graphs + own_graphs if (t := self.term(g, row))]
                        verb = self.term(predicate, row)
                        if value[0] == "join":
                            terms = self.joined(value, row, source, indices.get(number, []))
                        else:
                            terms = [t for t in [self.term(value, row)] if t is not None]
                        for term in terms:
                            if verb:
                                self.emit(subject, verb, term, named)

    def run(self):
        for file in self.project["mappings"]:
            document = yaml.safe_load((self.folder / file).read_text())
            unknown = set(document) - {"prefixes", "sources", "mappings", "base"}
            if unknown:
                raise Unsupported(f"keys {unknown}")
            self.prefixes = document.get("prefixes", {})
            self.named, self.mappings = document.get("sources", {}), document["mappings"]
            for name, mapping in self.mappings.items():
                if set(mapping) - {"sources", "s", "subject", "subjects", "po", "predicateobjects",
                                   "graphs"}:
                    raise Unsupported(f"mapping {name}")
                self.run_mapping(name, mapping)

    def text(self):
        return "".join(line + "\n" for line in sorted(self.statements))

    def stats(self):
        classes, dangling = Counter(), Counter()
        split = [line.split(" ", 2) for line in self.statements]
        subjects = {subject for subject, _, _ in split}
        typed = {subject for subject, predicate, _ in split if predicate == f"<{RDF_TYPE}>"}
        for subject, predicate, rest in split:
            value = rest.split(" ", 1)[0]
            if predicate == f"<{RDF_TYPE}>":
                classes[value[1:-1]] += 1
            elif value.startswith("<") and value not in subjects and "/dossier/ns#" not in value:
                dangling[predicate[1:-1]] += 1
        return {
            "files": dict(sorted(self.file_stats.items())),
            "sha256": hashlib.sha256(self.text().encode()).hexdigest(),
            "statements": {"produced": self.produced, "distinct": len(self.statements)},
            "subjects": {"distinct": len(subjects), "without_class": len(subjects - typed)},
            "classes": dict(sorted(classes.items())),
            "dangling_references": dict(sorted(dangling.items())),
            "without": dict(sorted(self.counts.items())),
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("project")
    parser.add_argument("--stats", help="write the counts to this file as JSON")
    arguments = parser.parse_args()
    csv.field_size_limit(sys.maxsize)
    expander = Expander(arguments.project)
    expander.run()
    if arguments.stats:
        Path(arguments.stats).write_text(json.dumps(expander.stats(), indent=2, ensure_ascii=False) + "\n")
    sys.stdout.buffer.write(expander.text().encode())


if __name__ == "__main__":
    main()
