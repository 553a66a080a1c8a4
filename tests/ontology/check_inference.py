#!/usr/bin/env python3
"""`dossier infer` on random small ontologies gives what owlrl gives (RDFS, and OWL RL for what dossier knows of it),
and what Jena's RDFS gives where DOSSIER_JENA_CP names a class path (bench/peers/README.md).

Compared are the statements about the things of the data: what the oracles say of the vocabulary itself
(everything is a Resource, every class is below itself) is no business of dossier's."""

import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from skipping import ROOT, skip, use_oracles

if not use_oracles("owlrl"):
    skip("owlrl is not installed (tests/clients/requirements.txt)")

import owlrl
import rdflib
from rdflib import OWL, RDF, RDFS

E = rdflib.Namespace("http://example.org/")
ROUNDS = 40


def ontology(r, owl):
    graph = rdflib.Graph()
    classes = [E[f"C{i}"] for i in range(6)]
    properties = [E[f"p{i}"] for i in range(6)]
    for each in classes:
        graph.add((each, RDF.type, OWL.Class))
        graph.add((each, RDF.type, RDFS.Class))
    for each in properties:
        graph.add((each, RDF.type, OWL.ObjectProperty))
        graph.add((each, RDF.type, RDF.Property))
    for _ in range(9):
        p, q = r.sample(properties, 2)
        c, d = r.sample(classes, 2)
        kinds = [(c, RDFS.subClassOf, d), (p, RDFS.subPropertyOf, q), (p, RDFS.domain, c), (p, RDFS.range, c)]
        if owl:
            kinds += [(p, OWL.inverseOf, q), (p, RDF.type, OWL.SymmetricProperty),
                      (p, RDF.type, OWL.TransitiveProperty), (c, OWL.equivalentClass, d),
                      (p, OWL.equivalentProperty, q)]
        graph.add(r.choice(kinds))
    if owl and r.random() < 0.5:
        chain = rdflib.BNode()
        rdflib.collection.Collection(graph, chain, r.sample(properties, 2))
        graph.add((r.choice(properties), OWL.propertyChainAxiom, chain))
    if owl and r.random() < 0.5:
        restriction = rdflib.BNode()
        graph.add((restriction, RDF.type, OWL.Restriction))
        graph.add((restriction, OWL.onProperty, r.choice(properties)))
        graph.add((restriction, OWL.hasValue, E.x0))
        graph.add((r.choice(classes), RDFS.subClassOf, restriction))
    return graph


def data(r, owl):
    graph = rdflib.Graph()
    thing = lambda: E[f"x{r.randrange(7)}"]
    for _ in range(10):
        if r.random() < 0.3:
            graph.add((thing(), RDF.type, E[f"C{r.randrange(6)}"]))
        else:
            graph.add((thing(), E[f"p{r.randrange(6)}"], thing()))
    if owl and r.random() < 0.4:
        graph.add((thing(), OWL.sameAs, thing()))
        graph.add((thing(), OWL.sameAs, thing()))
    return graph


def of_things(graph):
    """Statements about things, by properties of the ontology or as instances of its classes."""
    out = set()
    for s, p, o in graph:
        if not str(s).startswith(E + "x"):
            continue
        if str(p).startswith(E) or (p == RDF.type and str(o).startswith(E)):
            out.add((s, p, o))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    program = parser.parse_args().program.resolve()
    jena_path = os.environ.get("DOSSIER_JENA_CP")
    r = random.Random(11)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dossier_infer_"))
    failed, inferred, for_jena = 0, 0, []
    for number in range(ROUNDS):
        owl = number % 2 == 1
        schema, facts = ontology(r, owl), data(r, owl)
        schema.serialize(folder / f"o{number}.ttl", "turtle")
        facts.serialize(folder / f"d{number}.nt", "nt")
        done = subprocess.run([program, "infer", f"d{number}.nt", "--ontology", f"o{number}.ttl", "--with-data", "--to",
                               "ntriples", "--rules", "owl" if owl else "rdfs"], cwd=folder, capture_output=True)
        got = of_things(rdflib.Graph().parse(data=done.stdout, format="nt"))
        closed = schema + facts
        semantics = owlrl.OWLRL_Semantics if owl else owlrl.RDFS_Semantics
        owlrl.DeductiveClosure(semantics, axiomatic_triples=False, datatype_axioms=False).expand(closed)
        wanted = of_things(closed)
        inferred += len(got) - len(facts)
        if got != wanted:
            failed += 1
            print(f"round {number}: only dossier {sorted(got - wanted)[:3]}, only owlrl {sorted(wanted - got)[:3]}, {folder}")
        if not owl:
            for_jena.append((number, got))
    print(f"owlrl: {ROUNDS - failed} of {ROUNDS} ontologies agree, {inferred} statements inferred")
    if jena_path:
        names = [n for number, _ in for_jena for n in (f"o{number}.ttl", f"d{number}.nt", f"j{number}.nt")]
        subprocess.run(["java", "-cp", jena_path, ROOT / "bench/peers/JenaRdfs.java", *names], cwd=folder, check=True,
                       stderr=subprocess.DEVNULL)
        wrong = [n for n, got in for_jena if of_things(rdflib.Graph().parse(folder / f"j{n}.nt")) != got]
        print(f"Jena RDFS: {len(for_jena) - len(wrong)} of {len(for_jena)} ontologies agree; wrong: {wrong}")
        failed += len(wrong)
    else:
        print("Jena RDFS left out: DOSSIER_JENA_CP is not set")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
