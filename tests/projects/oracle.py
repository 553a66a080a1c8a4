"""What a build of a project must hold, worked out without dossier: the mapping is expanded by
expand_yarrrml.py, same-as judgements rewrite IRIs, and direct statements follow from links.

Statements are lines of N-Triples without the end (" ."), as expand_yarrrml.py writes them."""

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import rdflib
from expand_yarrrml import RDF_TYPE, Expander

ROOT = Path(__file__).resolve().parents[2]
META = rdflib.Namespace("https://w3id.org/dossier/meta#")
IRI = re.compile(r"<[^<>\"]*>")


class LinkClass:
    def __init__(self, graph, iri):
        self.iri = f"<{iri}>"
        self.source, self.target, self.direct = (
            f"<{graph.value(iri, META[name])}>" for name in ("sourceEnd", "targetEnd", "directPredicate"))
        self.symmetric = graph.value(iri, META.symmetric) == rdflib.Literal(True)


def link_classes():
    graph = rdflib.Graph().parse(ROOT / "ontology" / "vocabulary" / "dossier.ttl", format="turtle")
    return [LinkClass(graph, iri) for iri in graph.subjects(rdflib.RDF.type, META.LinkClass)]


def split(statement):
    """Subject, predicate, object; no subject or predicate has a blank in it."""
    return statement.split(" ", 2)


def mapped(project):
    """What the mappings alone make, and the SHA-256 of its sorted N-Triples."""
    expander = Expander(project)
    expander.run()
    text = expander.text()
    return {line[:-2] for line in text.splitlines()}, hashlib.sha256(text.encode()).hexdigest()


def merged(statements, project_folder, identity_files):
    """IRIs of the column `merge` become those of `keep`."""
    renamed = {}
    for name in identity_files:
        with open(Path(project_folder) / name, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                renamed[f"<{row['merge']}>"] = f"<{row['keep']}>"
    if not renamed:
        return statements

    def term(text):
        return renamed.get(text, text)

    out = set()
    for statement in statements:
        subject, predicate, value = split(statement)
        out.add(f"{term(subject)} {term(predicate)} {term(value)}")
    return out


def direct_statements(statements):
    """Source, direct predicate, target of each link; a symmetric one holds both ways."""
    links = link_classes()
    by_class = {link.iri: link for link in links}
    ends = {end for link in links for end in (link.source, link.target)}
    kinds, values = {}, {}
    for statement in statements:
        subject, predicate, value = split(statement)
        if predicate == f"<{RDF_TYPE}>" and value in by_class:
            kinds.setdefault(subject, []).append(by_class[value])
        elif predicate in ends and IRI.fullmatch(value):
            values.setdefault((subject, predicate), []).append(value)
    out = set()
    for subject, classes in kinds.items():
        for link in classes:
            for source in values.get((subject, link.source), []):
                for target in values.get((subject, link.target), []):
                    out.add(f"{source} {link.direct} {target}")
                    if link.symmetric:
                        out.add(f"{target} {link.direct} {source}")
    return out


def class_counts(statements):
    return dict(sorted(Counter(value[1:-1] for _, predicate, value in map(split, statements)
                               if predicate == f"<{RDF_TYPE}>").items()))
