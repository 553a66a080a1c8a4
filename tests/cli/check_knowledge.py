#!/usr/bin/env python3
"""infer, lint, baselines and `explain N`: what ontologies and shapes are for, on the real program."""

import json

from program_test import Check

HEAD = (b"@prefix : <http://e/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        b"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        b"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")
ONTOLOGY = HEAD + b"""
:A a owl:Class ; rdfs:label "a" . :B a owl:Class ; rdfs:label "b" ; rdfs:subClassOf :A .
:p a owl:ObjectProperty ; rdfs:label "p" ; rdfs:domain :B .
:in a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:label "in" .
"""
DATA = HEAD + b":x :p :y .\n:x :in :y .\n:y :in :z .\n"
SHAPES = HEAD + b""":S a sh:NodeShape ; sh:targetSubjectsOf :in ;
  sh:property [ sh:path :n ; sh:minCount 1 ] ;
  sh:property [ sh:path :in ; sh:node [ sh:property [ sh:path :in ; sh:minCount 1 ; sh:message "leads on" ] ] ] .
"""


def infers(check):
    check.write("o.ttl", ONTOLOGY)
    check.write("d.ttl", DATA)
    done = check.expect(0, "infer", "d.ttl", "--ontology", "o.ttl", says="3 statements inferred")
    check.equal("what follows", done.out.splitlines(), [
        b"<http://e/x> <http://e/in> <http://e/z> .",
        b"<http://e/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/A> .",
        b"<http://e/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/B> ."])
    rdfs = check.expect(0, "infer", "d.ttl", "--ontology", "o.ttl", "--rules", "rdfs")
    check.equal("RDFS alone", len(rdfs.out.splitlines()), 2)
    check.expect(0, "infer", "d.ttl", "--ontology", "o.ttl", "--why",
                 out=[":x :in :z\n    by owl:TransitiveProperty\n    from :x :in :y  d.ttl:5:8\n"
                      "    from :y :in :z  d.ttl:6:8", ":x a :A\n    by rdfs:subClassOf", "inferred"])
    whys = json.loads(check.expect(0, "infer", "d.ttl", "--ontology", "o.ttl", "--why", "--json").out)
    check.equal("rules in JSON", (whys["inferred"], whys["rules"]["rdfs:domain"]), (3, 1))
    check.equal("premises in JSON", [len(s["premises"]) for s in whys["statements"]], [2, 1, 1])
    check.expect(0, "infer", "d.ttl", "--ontology", "o.ttl", "--with-data", "-o", "all.ttl")
    check.expect(0, "infer", "all.ttl", "--ontology", "o.ttl", says="0 statements inferred")
    check.expect(2, "infer", "d.ttl", "--ontology", "o.ttl", "--limit", "max-inferred=2", says="E0005")
    check.expect(2, "infer", "d.ttl", "--ontology", "none.ttl", says="E0001")
    check.expect(0, "infer", "d.ttl", "--ontology", "o.ttl", "--limit", "max-closure=2",
                 says=["E0415", "the closure of :in", "2 statements inferred"])
    check.expect(2, "infer", "d.ttl", "--ontology", "o.ttl", "--limit", "max-hierarchy=2", says="E0005")


def lints(check):
    check.expect(0, "lint", "o.ttl", out="nothing to complain of")
    check.write("odd.ttl", ONTOLOGY + b":b a owl:Class ; rdfs:subClassOf :Aa .\n")
    check.expect(0, "lint", "odd.ttl", out=["odd.ttl:8:", "E0410", "E0411", "did you mean"])
    check.expect(1, "lint", "odd.ttl", "--fail-on", "info")
    check.write("cannot.ttl", HEAD + b":S a sh:NodeShape ; sh:targetClass :Bb ; sh:property "
                b"[ sh:path :p ; sh:minCount 2 ; sh:maxCount 1 ] .\n")
    check.expect(1, "lint", "cannot.ttl", "o.ttl", "--fail-on", "warning", out=["E0447", "E0448"])
    found = json.loads(check.expect(0, "lint", "cannot.ttl", "--ontology", "o.ttl", "--json").out)
    check.equal("places of lint", [(f["code"], f["line"]) for f in found["findings"]],
                [("E0448", 4), ("E0447", 4)])
    # Names are those of the file, shapes may have a header, and what is read over is named.
    check.write("headed.ttl", HEAD + b"<> a owl:Ontology . :S a sh:NodeShape ; sh:targetClass :C ; sh:nodeKind sh:IRI .\n")
    check.expect(0, "lint", "headed.ttl", out="nothing to complain of")
    check.write("over.ttl", ONTOLOGY + b":b a owl:Class ; rdfs:label \"b\" ; rdfs:subClassOf [ owl:unionOf 5 ] , :Nowhere .\n")
    check.expect(0, "lint", "over.ttl", out=["rdfs:subClassOf of :b: an expression of another kind is read over",
                                             ":Nowhere is used as a class but not declared"])
    check.write("broken.ttl", b"<http://e/a> <http://e/b>\n")
    check.expect(1, "lint", "broken.ttl", out="broken.ttl:2")
    check.write("refused.ttl", HEAD + b":S a sh:NodeShape ; sh:targetNode :x ; sh:minCount 1 .\n")
    check.expect(1, "lint", "refused.ttl", out=["refused.ttl:4:", "E0440"])
    check.write("m.yarrrml.yaml", "prefixes: {e: 'http://e/'}\nmappings:\n  m:\n"
                "    sources: [[t.csv~csv]]\n    s: e:$(id)\n    po: [[a, f:C]]\n")
    check.write("t.csv", "id\n1\n")
    check.expect(0, "lint", "m.yarrrml.yaml")
    check.write("twice.ttl", HEAD + b":A a owl:Class ;\n  rdfs:label \"another\" .\n")
    check.expect(0, "lint", "o.ttl", "twice.ttl", out=["E0416", "twice.ttl:5:14", "o.ttl:5:29"])
    check.write("schema.yaml", "id: http://e/s\nname: s\nprefixes: {e: 'http://e/'}\ndefault_prefix: e\n"
                "classes:\n  A: {attributes: {p: {}}}\n  a: {}\n")
    check.expect(0, "lint", "schema.yaml", out=["schema.yaml:6:3", "E0414"])
    check.write("empty.yaml", "")
    check.expect(2, "model", "empty.yaml", says=["empty.yaml:1:1", "the file is empty"])
    check.expect(2, "lint", "d.ttl", says="no mapping")
    check.expect(2, "lint", "none.ttl", says="E0001")


def accepts(check):
    check.write("s.ttl", SHAPES)
    check.expect(1, "validate", "d.ttl", "--shapes", "s.ttl", "--write-baseline", "known.txt",
                 out=["3 violations", "#3"])
    check.expect(0, "validate", "d.ttl", "--shapes", "s.ttl", "--baseline", "known.txt",
                 out="no findings", says="3 findings accepted")
    check.write("more.ttl", DATA.replace(b":y :in :z .", b":w :in :y ."))
    done = check.expect(1, "validate", "more.ttl", "--shapes", "s.ttl", "--baseline", "known.txt",
                        "--json", says="no longer found")
    check.equal("new findings", [f["focus"] for f in json.loads(done.out)["findings"]],
                ["http://e/w", "http://e/w", "http://e/x"])
    few = json.loads(check.expect(1, "validate", "d.ttl", "--shapes", "s.ttl", "--json",
                                  "--max-results", "1").out)
    check.equal("--max-results", (len(few["findings"]), few["total"]), (1, 3))
    check.write("said.ttl", HEAD + b":S a sh:NodeShape ; sh:targetSubjectsOf :in ; sh:class :Nothing ; "
                b"sh:message \"no such thing\"@en , \"nichts dergleichen\"@de .\n")
    for tag, text in (("de", "nichts dergleichen"), ("fr", "no such thing")):
        check.expect(1, "validate", "d.ttl", "--shapes", "said.ttl", "--language", tag, out=text)
    for verb in (["validate", "d.ttl", "--shapes", "said.ttl"], ["build", "p"]):
        check.expect(64, *verb, "--language", "no tag", says="that is no language tag")
    check.expect(2, "validate", "d.ttl", "--shapes", "s.ttl", "--baseline", "none", says="E0001")
    project = ("dossier: 1\nname: p\nbase: http://e/\ndata: [d.ttl]\nshapes: [s.ttl]\n"
               "ontology: {domain: false}\nexports: [{path: g.nt}]\n")
    check.write("p/d.ttl", DATA)
    check.write("p/s.ttl", SHAPES)
    check.write("p/dossier.yaml", project)
    check.expect(1, "validate", "p", "--write-baseline", "p/known.txt")
    check.write("p/dossier.yaml", project + "baseline: known.txt\n")
    check.expect(0, "validate", "p", out="no findings", says="accepted")
    check.expect(0, "build", "p", says="accepted")
    check.write("p/dossier.yaml", project + "baseline: none.txt\n")
    check.expect(2, "build", "p", says="none.txt")


def tells_idle_shapes(check):
    check.write("idle.ttl", HEAD + b":S a sh:NodeShape ; sh:targetClass :Persn ; sh:nodeKind sh:IRI .\n"
                b":T a sh:NodeShape ; sh:targetClass :Person ; sh:nodeKind sh:IRI .\n")
    check.write("people.ttl", HEAD + b":x a :Person .\n")
    check.expect(0, "validate", "people.ttl", "--shapes", "idle.ttl", "--verbose",
                 says=["idle.ttl:4:", "E0446", ":S checks nothing", "did you mean :Person?"])
    check.expect(1, "validate", "people.ttl", "--shapes", "idle.ttl", "--fail-on", "info")


def explains(check):
    check.expect(0, "explain", "3", "d.ttl", "--shapes", "s.ttl",
                 out=["finding 3: violation E0472", "place: d.ttl:6:8", "because:", "leads on",
                      "s.ttl:6:", ":y :in :z\n    d.ttl:6:8"])
    check.expect(0, "explain", "#1", "d.ttl", "--shapes", "s.ttl", out=["E0453", "path: :n"])
    check.expect(2, "explain", "4", "d.ttl", "--shapes", "s.ttl", says=["E0612", "3 findings"])


def main():
    check = Check(__doc__)
    for part in (infers, lints, accepts, explains, tells_idle_shapes):
        part(check)
    check.end()


if __name__ == "__main__":
    main()
