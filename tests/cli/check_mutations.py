#!/usr/bin/env python3
"""Damaged input: whatever a file of any kind becomes, the program ends in time with an exit code of its own, says why
it did not do the work, and leaves no half of an output. Files are damaged by a seed; more of it:
  check_mutations.py --program P, with DOSSIER_MUTATIONS=200 for so many damages a file and DOSSIER_SEED for others."""

import gzip
import io
import os
import random
import shutil
import sqlite3
import tarfile
import zipfile

import openpyxl

from program_test import Check, PROJECT, leftovers
from skipping import ROOT

MUTATIONS = int(os.environ.get("DOSSIER_MUTATIONS", "6"))
SEED = int(os.environ.get("DOSSIER_SEED", "1"))
SECONDS = 10          # of work, for inputs of a few kB
PEAK = 600 << 20      # bytes

# What upsets parsers: ends of strings and lists, deep nesting, huge numbers, other encodings, odd lines.
TOKENS = [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b'"', b"'", b'"""', b"\\", b"\\u", b"\\uD800", b"{", b"}",
          b"[" * 300, b"(" * 300, b"<" * 50, b"&a;", b"&#0;", b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"]]>", b"--", b"\r", b"\n\n",
          b"\t", b": ", b"- ", b"&x *x", b"<<: *x", b"!!binary x", b"| \n", b"9" * 400, b"-1e999", b"1e-999", b"NaN", b"$(", b"$($(a))",
          b"%s%n", b"@prefix : <", b"^^", b"@en--ltr", b"<<( ", b"{| ", b"#", b",", b";", b".", b"..", b"~iri", b"*", b"..*", b"?(@",
          b"(a+)+$", b"\\1", b"/" * 2000, b"../" * 40, b"http://", b"_:", b"null", b"true", b"2020-02-30", b"\xf0\x9f\x98\x80", b"a" * 70000]


def damaged(data, rng):
    """`data` with one to three damages."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(out) + 1)
        end = min(len(out), at + rng.choice([1, 1, 2, 8, 40, 300]))
        kind = rng.randrange(8)
        if kind == 0:
            del out[at:]
        elif kind == 1:
            del out[at:end]
        elif kind == 2:
            out[at:at] = out[at:end] * rng.choice([1, 2, 50])
        elif kind == 3 and out:
            out[at % len(out)] = rng.randrange(256)
        elif kind == 4:
            other = rng.randrange(len(out) + 1)
            out[at:at] = out[other:other + end - at]
        elif kind == 5:
            lines = bytes(out).split(b"\n")
            rng.shuffle(lines)
            out = bytearray(b"\n".join(lines))
        else:
            out[at:at] = rng.choice(TOKENS)
    return bytes(out)


YARRRML = """prefixes: {ex: 'http://e/', xsd: 'http://www.w3.org/2001/XMLSchema#', grel: 'http://users.ugent.be/~bjdmeest/function/grel.ttl#'}
sources:
  t: %s
mappings:
  m:
    sources: [t]
    s: ex:$(%s)
    po:
      - [a, ex:Thing]
      - [ex:name, $(%s)]
      - [ex:upper, {function: 'grel:toUpperCase', parameters: [['grel:valueParameter', $(%s)]]}]
      - p: ex:next
        o: {mapping: m, condition: {function: equal, parameters: [[str1, $(%s)], [str2, $(%s)]]}}
"""
TABLE = b"id,name,since,share\r\na,\"Acme, \"\"Ltd\"\"\",2020-01-02,0.5\r\nb,B\xc3\xa9,2021-05,1\r\nc,\"two\nlines\",,\r\n"
RECORDS = b'{"rows": [{"id": "a", "name": "A\\u00e9\\n", "more": {"x": [1, 2.50, null, true]}}, {"id": 2, "name": "B", "more": []}]}'
XML = (b'<?xml version="1.0" encoding="UTF-8"?>\n<r xmlns:p="http://p/"><row id="a"><name>A &amp; <![CDATA[<b>]]></name><p:x>1</p:x></row>'
       b'<!-- c --><row id="b"><name>B&#233;</name></row></r>\n')
RML = b"""@prefix rml: <http://w3id.org/rml/> . @prefix ex: <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#m> a rml:TriplesMap ; rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "t.csv" ] ;
    rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://e/{id}" ; rml:class ex:Thing ; rml:graphMap [ rml:constant ex:g ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "name" ; rml:languageMap [ rml:constant "en" ] ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:since ; rml:objectMap [ rml:reference "since" ; rml:datatype xsd:date ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:same ; rml:objectMap [ rml:parentTriplesMap <#m> ;
    rml:joinCondition [ rml:child "id" ; rml:parent "id" ] ] ] .
"""
VIEW = b"""@prefix rml: <http://w3id.org/rml/> . @prefix ex: <http://e/> .
<#s> a rml:LogicalSource ; rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "t.json" ] ;
  rml:referenceFormulation rml:JSONPath ; rml:iterator "$.rows[*]" .
<#v> a rml:LogicalView ; rml:viewOn <#s> ; rml:field [ rml:fieldName "id" ; rml:reference "$.id" ] ,
  [ rml:fieldName "m" ; a rml:IterableField ; rml:iterator "$.more.x[*]" ; rml:referenceFormulation rml:JSONPath ;
    rml:field [ rml:fieldName "v" ; rml:reference "$" ] ] .
<#m> a rml:TriplesMap ; rml:logicalSource <#v> ; rml:subjectMap [ rml:template "http://e/{id}" ] ;
  rml:predicateObjectMap [ rml:predicate ex:v ; rml:objectMap [ rml:reference "m.v" ] ] .
"""
ONTOLOGY = b"""@prefix : <http://e/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:A a owl:Class ; rdfs:label "a"@en ; owl:disjointWith :C . :B a owl:Class ; rdfs:subClassOf :A , [ a owl:Restriction ;
  owl:onProperty :p ; owl:someValuesFrom :C ] . :C a owl:Class ; owl:oneOf ( :x :y ) .
:p a owl:ObjectProperty ; rdfs:domain :B ; rdfs:range :C ; owl:inverseOf :q . :t a owl:TransitiveProperty ;
  owl:propertyChainAxiom ( :p :t ) . :d a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range xsd:date .
"""
SHAPES = b"""@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:S a sh:NodeShape ; sh:targetClass :B ; sh:closed true ; sh:ignoredProperties ( :t ) ;
  sh:property [ sh:path ( :p [ sh:zeroOrMorePath :t ] ) ; sh:minCount 1 ; sh:message "{$this} has none"@en ] ;
  sh:property [ sh:path :d ; sh:datatype xsd:date ; sh:pattern "^[0-9]+(-[0-9]+)*$" ; sh:in ( "2020-01-01"^^xsd:date ) ] ;
  sh:xone ( [ sh:class :A ] [ sh:not [ sh:nodeKind sh:IRI ] ] ) ;
  sh:property [ sh:path :q ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMaxCount 1 ; sh:qualifiedValueShapesDisjoint true ] .
"""
SHAPESC = b"""BASE <http://e/>
PREFIX : <http://e/>
shape :S -> :B {
  :p IRI [1..*] .
  :d xsd:date [0..1] pattern="^2" .
  (^:p|:t+/:p?) @:T|!nodeKind=sh:Literal [0..*] .
}
shape :T { closed=true ignoredProperties=[:t] . }
"""
DATA = b"""@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:x a :B ; :p :y , :z ; :d "2020-13-01"^^xsd:date ; :t ( 1 2.0 "a"@en-ltr ) ; :q [ :t [ ] ] . << :x :p :y ~ :r >> :s true .
:y a :A , :C ; :t :x {| :d "2020"^^xsd:gYear |} . :w :p <<( :a :b _:c )>> .
"""
DATA_11 = b"@prefix : <http://e/> .\n:x a :B ; :name \"A\"@en ; :p :y , [ :t ( 1 2 ) ] .\n:y :d \"2020\" .\n"
JSONLD = b"""{"@context": {"@version": 1.1, "@vocab": "http://e/", "n": {"@id": "name", "@container": "@language"}, "r": {"@reverse": "p"},
 "d": {"@type": "http://www.w3.org/2001/XMLSchema#date"}, "g": {"@id": "http://e/g", "@container": ["@graph", "@id"]}},
 "@id": "http://e/x", "@type": "B", "n": {"en": ["A", "B"]}, "r": [{"@id": "y"}], "d": "2020-01-01", "t": {"@list": [1, 2.5, true, null]},
 "g": {"http://e/h": {"p": {"@value": {"a": 1}, "@type": "@json"}}}, "@included": [{"@id": "z", "q": "c"}]}"""
RDFXML = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e/" xml:base="http://e/" xml:lang="en">
 <B rdf:about="x" k:d="1" xmlns:k="http://k/"><p rdf:resource="#y"/><t rdf:parseType="Collection"><A/><A rdf:nodeID="b"/></t>
  <q rdf:parseType="Literal"><i xmlns:k="http://k/">a<k:b/></i></q><s rdf:parseType="Resource"><p>1</p></s>
  <n rdf:datatype="http://www.w3.org/2001/XMLSchema#int" rdf:ID="r">2</n></B>
</rdf:RDF>
"""
RESULTS_XML = (b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="id"/><variable name="name"/></head>'
               b'<results><result><binding name="id"><uri>http://e/a</uri></binding><binding name="name"><literal xml:lang="en">A</literal>'
               b'</binding></result></results></sparql>')
CSVW = b"""{"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "dialect": {"delimiter": ",", "quoteChar": "\\"", "header": true},
 "null": ["", "-"], "tableSchema": {"columns": [{"name": "id"}, {"name": "name", "null": "x"}]}}"""
RML_CSVW = RML.replace(b'a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "t.csv"',
                       b'a csvw:Table ; csvw:url "t.csv" ; csvw:dialect [ csvw:delimiter "," ; csvw:quoteChar "\\"" ; csvw:header true ]'
                       ).replace(b"@prefix ex:", b"@prefix csvw: <http://www.w3.org/ns/csvw#> . @prefix ex:")


def sqlite():
    connection = sqlite3.connect(":memory:")
    connection.executescript("create table t(id text primary key, name text, n integer, x blob);"
                             "insert into t values ('a', 'A', 1, x'00ff'), ('b', 'B', null, null);")
    return connection.serialize()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", TABLE)
    return out.getvalue()


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("t.csv")
        entry.size = len(TABLE)
        archive.addfile(entry, io.BytesIO(TABLE))
    return out.getvalue()


def workbook():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["id", "name", "n"], ["a", "A", 1.5], ["b", "B", None]):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def schemas(pattern):
    folder = ROOT / "tests" / "schemas"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.glob(pattern)}


def yarrrml(source, first="id", second="name"):
    return (YARRRML % (source if source.startswith("{") else f"[{source}]", first, second, second, first, first)).encode()


MAP = ("map", "m.yaml", "-o", "out.nt")
RUN_RML = ("map", "m.ttl", "-o", "out.nq")
CHECK = ("validate", "d.ttl", "--ontology", "o.ttl", "--shapes", "s.ttl", "--report", "out.ttl")
# Name, other files, the file that is damaged, what it holds (None: it is one of the others), the verb.
CASES = [
    ("table", {"m.yaml": yarrrml("t.csv~csv")}, "t.csv", TABLE, MAP),
    ("table, latin-1", {"m.yaml": yarrrml("{access: t.csv, referenceFormulation: csv, encoding: iso-8859-1}")}, "t.csv", TABLE, MAP),
    ("yarrrml", {"t.csv": TABLE}, "m.yaml", yarrrml("t.csv~csv"), MAP),
    ("lint of a mapping", {"t.csv": TABLE}, "m.yaml", yarrrml("t.csv~csv"), ("lint", "m.yaml")),
    ("rml", {"t.csv": TABLE}, "m.ttl", RML, RUN_RML),
    ("rml with csvw", {"t.csv": TABLE}, "m.ttl", RML_CSVW, RUN_RML),
    ("view", {"t.json": RECORDS}, "m.ttl", VIEW, RUN_RML),
    ("json of a view", {"m.ttl": VIEW}, "t.json", RECORDS, RUN_RML),
    ("json", {"m.yaml": yarrrml("'t.json~jsonpath', '$.rows[?(@.id)]'")}, "t.json", RECORDS, MAP),
    ("json lines", {"m.yaml": yarrrml("'t.jsonl~jsonpath', '$'")}, "t.jsonl", b'{"id": "a", "name": "b"}\n' * 4, MAP),
    ("xml", {"m.yaml": yarrrml("'t.xml~xpath', '/r/row'", "@id")}, "t.xml", XML, MAP),
    ("results", {"m.yaml": yarrrml("'t.srx~sparql-xml'")}, "t.srx", RESULTS_XML, MAP),
    ("rdf file", {"m.yaml": yarrrml("'t.ttl', ':B'", "@id", ":d")}, "t.ttl", DATA, MAP),
    ("workbook", {"m.yaml": yarrrml("'t.xlsx~xlsx'")}, "t.xlsx", workbook(), MAP),
    ("zip", {"m.yaml": yarrrml("'t.zip!/t.csv~csv'")}, "t.zip", zipped(), MAP),
    ("tar", {"m.yaml": yarrrml("'t.tar.gz!/t.csv~csv'")}, "t.tar.gz", tarred(), MAP),
    ("gzip", {"m.yaml": yarrrml("'t.csv.gz~csv'")}, "t.csv.gz", gzip.compress(TABLE, mtime=0), MAP),
    ("sqlite", {"m.yaml": yarrrml("{access: t.db, type: sqlite, query: 'select * from t', referenceFormulation: sql2008}")}, "t.db", sqlite(), MAP),
    ("suggest", {}, "t.csv", TABLE, ("suggest", "t.csv", "-o", "out.yaml")),
    ("data to check", {"o.ttl": ONTOLOGY, "s.ttl": SHAPES}, "d.ttl", DATA, CHECK),
    ("ontology", {"d.ttl": DATA, "s.ttl": SHAPES}, "o.ttl", ONTOLOGY, CHECK),
    ("shapes", {"d.ttl": DATA, "o.ttl": ONTOLOGY}, "s.ttl", SHAPES, CHECK),
    ("compact shapes", {"d.ttl": DATA}, "s.shaclc", SHAPESC, ("validate", "d.ttl", "--shapes", "s.shaclc", "--report", "out.html")),
    ("lint of an ontology", {}, "o.ttl", ONTOLOGY, ("lint", "o.ttl", "--json")),
    ("inference", {"d.ttl": DATA}, "o.ttl", ONTOLOGY, ("infer", "d.ttl", "--ontology", "o.ttl", "-o", "out.nt")),
    ("linkml", schemas("*.yaml"), "library.yaml", None, ("model", "library.yaml", "--to", "shacl", "-o", "out.ttl")),
    ("followthemoney", schemas("ftm/*.yaml"), "ftm/Command.yaml", None, ("model", "ftm/Command.yaml")),
    ("turtle", {}, "d.ttl", DATA, ("convert", "d.ttl", "-o", "out.rdf")),
    ("turtle, recovering", {}, "d.ttl", DATA, ("convert", "d.ttl", "--recover", "-o", "out.trig")),
    ("json-ld", {}, "d.jsonld", JSONLD, ("convert", "d.jsonld", "-o", "out.trig")),
    ("json-ld context", {"d.ttl": DATA_11}, "c.jsonld", JSONLD, ("convert", "d.ttl", "--context", "c.jsonld", "-o", "out.jsonld")),
    ("rdf/xml", {}, "d.rdf", RDFXML, ("convert", "d.rdf", "-o", "out.jsonld")),
    ("canon", {}, "d.ttl", DATA, ("canon", "d.ttl", "-o", "out.nq")),
    ("network", {}, "d.ttl", DATA, ("export", "d.ttl", "-o", "out.graphml")),
    ("statistics", {}, "d.ttl", DATA, ("stats", "d.ttl", "--json")),
]


def project_cases():
    files = {p.name: p.read_bytes() for p in PROJECT.iterdir() if p.is_file()}
    for name in ("dossier.yaml", "bans.yarrrml.yaml", "bans.csv", "sources.csv", "same_as.csv"):
        yield f"project, {name}", {n: b for n, b in files.items() if n != name}, name, files[name], ("build",)


def survives(check, case, rng):
    name, others, damaged_file, whole, verb = case
    whole = whole or others[damaged_file]
    folder = check.folder / "case"
    for round_number in range(MUTATIONS + 1):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for other, text in others.items():
            (folder / other).parent.mkdir(exist_ok=True)
            (folder / other).write_bytes(text)
        text = damaged(whole, rng) if round_number else whole
        (folder / damaged_file).write_bytes(text)
        before = {p.name for p in folder.iterdir()}
        what = f"{name}, damage {round_number} of seed {SEED}"
        done = check.run(*verb, cwd=folder, timeout=SECONDS)
        failures = len(check.failures)
        check.true(f"{what}: not ended after {SECONDS} s", not done.timed_out)
        check.true(f"{what}: {done.peak >> 20} MB", done.peak < PEAK)
        check.true(f"{what}: {leftovers(folder)} left", not leftovers(folder))
        if round_number == 0:
            check.true(f"{what}: undamaged, yet exit {done.code}: {done.err[:400]}", done.code in (0, 1))
        if done.code in (2, 64):
            check.true(f"{what}: no reason given: {done.err[:300]!r}", done.codes() or done.code == 64)
            new = {p.name for p in folder.iterdir()} - before - {"out"}
            made = new | {p.name for p in (folder / "out").glob("*")}
            check.true(f"{what}: {made} written by a run that failed", not made)
        if len(check.failures) > failures and (keep := os.environ.get("DOSSIER_KEEP")):
            shutil.copytree(folder, os.path.join(keep, f"{name}-{round_number}".replace(" ", "_")), dirs_exist_ok=True)


def main():
    check = Check(__doc__)
    for number, case in enumerate([*CASES, *project_cases()]):
        survives(check, case, random.Random(f"{SEED} {number}"))
    check.end()


if __name__ == "__main__":
    main()
