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


def network(statements):
    """Nodes and edges of the property graph. A link with both ends is an edge for each pair of ends. It is a
    node as well only if something else points at it; if not, its qualifiers are attributes, and a thing that
    nothing else names is no node. Every other statement between two things is an edge, unless a folded link
    says the same already."""
    by_class = {link.iri: link for link in link_classes()}
    classes, ends, resources = {}, {}, []
    for statement in statements:
        subject, predicate, value = split(statement)
        if predicate == f"<{RDF_TYPE}>":
            if value in by_class:
                classes[subject] = by_class[value]
            continue
        if not value.startswith('"'):
            resources.append((subject, predicate, value))
            ends.setdefault((subject, predicate), set()).add(value)
    folded, says = {}, set()
    for subject, link in classes.items():
        pairs = {(s, t) for s in ends.get((subject, link.source), ()) for t in ends.get((subject, link.target), ())}
        if pairs:
            folded[subject] = pairs
            says |= {(s, link.direct, t) for s, t in pairs}
            if link.symmetric:
                says |= {(t, link.direct, s) for s, t in pairs}
    kept = {value for _, _, value in resources if value in folded}
    attributes = set(folded) - kept
    named = {split(statement)[0] for statement in statements} - attributes
    named |= {value for subject, _, value in resources if subject not in attributes}
    named |= {end for pairs in folded.values() for pair in pairs for end in pair}
    edges = sum(len(pairs) for pairs in folded.values())
    edges += sum(1 for each in resources if each[0] not in attributes and each not in says)
    return len(named), edges
