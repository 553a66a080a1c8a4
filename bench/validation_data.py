#!/usr/bin/env python3
"""A graph with planted faults, its shapes and ontology, and what validation must find in it.

    bench/validation_data.py OUT --triples 100000 [--seed 1]

Writes OUT/data.nt, OUT/shapes.ttl, OUT/ontology.ttl and OUT/expected.json. Each kind of fault has a class, a shape
and properties of its own, so that kinds do not disturb one another: the good things of a kind give no result,
each bad one gives the results that stand in the table. Counts are known by construction, not by a validator."""

import argparse
import collections
import json
import pathlib
import random

E = "http://example.org/faults/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def iri(name):
    return f"<{E}{name}>"


def text(value, tag=""):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"' + (f"@{tag}" if tag else "")


def typed(value, datatype):
    return f'"{value}"^^<{XSD}{datatype}>'


def integer(value):
    return typed(value, "integer")


ILL_FORMED = collections.Counter()  # literals that are no form of their datatype, by datatype


def ill(value, datatype):
    ILL_FORMED[datatype] += 1
    return typed(value, datatype)


class Thing:
    """One thing and what hangs on it; `p` is the property of the kind, `node` makes further things."""

    def __init__(self, kind, number, bad, r):
        self.kind, self.number, self.bad, self.r = kind, number, bad, r
        self.me = iri(f"{kind}/{number}")
        self.out = []
        self.nodes = 0

    def say(self, predicate, *objects, subject=None):
        for o in objects:
            self.out.append((subject or self.me, predicate if predicate.startswith("<") else iri(f"{self.kind}-{predicate}"), o))

    def node(self, cls=None):
        self.nodes += 1
        made = iri(f"{self.kind}/{self.number}/n{self.nodes}")
        self.out.append((made, RDF_TYPE, iri(cls or "Node")))
        return made


SHAPES, CHECKS = [], []


def shape(name, body, *expected, prefix=""):
    """Registers a kind: `body` is Turtle for the shape :NAME, in which P is the property `p` of the kind."""

    def register(fill):
        SHAPES.append((name, body, expected, fill, prefix))
        return fill

    return register


def prop(constraint):
    return f"sh:property [ sh:path :P ; {constraint} ]"


# ---- value tests

@shape("datatype", prop("sh:datatype xsd:date"), ("Datatype", 1))
def _(t):
    t.say("p", typed("2024-02-29", "date"))
    if t.bad:
        t.say("p", t.r.choice([lambda: ill("2023-02-29", "date"), lambda: ill("31.2.24", "date"), lambda: ill("2024-02-28", "dateTime"),
                             lambda: text("2024-01-01")])())


@shape("datatypeInteger", prop("sh:datatype xsd:integer"), ("Datatype", 2))
def _(t):
    t.say("p", integer(t.number))
    if t.bad:
        t.say("p", ill("1.5", "integer"), typed("7", "int"))


@shape("datatypeDateTime", prop("sh:datatype xsd:dateTime"), ("Datatype", 1))
def _(t):
    t.say("p", typed("2024-01-01T24:00:00", "dateTime") if t.number % 2 else typed("2024-01-01T00:00:00.5+14:00", "dateTime"))
    if t.bad:
        t.say("p", ill("2024-01-01T25:00:00", "dateTime"))


@shape("datatypeYear", prop("sh:datatype xsd:gYear"), ("Datatype", 1))
def _(t):
    t.say("p", typed(1900 + t.number % 200, "gYear"))
    if t.bad:
        t.say("p", ill("20", "gYear"))


@shape("langString", prop("sh:datatype rdf:langString"), ("Datatype", 1))
def _(t):
    t.say("p", text(f"name {t.number}", "en"))
    if t.bad:
        t.say("p", text("plain"))


@shape("class", prop("sh:class :classWanted"), ("Class", 2))
def _(t):
    t.say("p", t.node("classWanted"), t.node("classBelow"))
    if t.bad:
        t.say("p", t.node("classOther"), text("no thing"))


@shape("nodeKindIri", prop("sh:nodeKind sh:IRI"), ("NodeKind", 2))
def _(t):
    t.say("p", t.node())
    if t.bad:
        t.say("p", text("x"), f"_:b{t.kind}{t.number}")


@shape("nodeKindLiteral", prop("sh:nodeKind sh:Literal"), ("NodeKind", 1))
def _(t):
    t.say("p", text("x"), integer(5))
    if t.bad:
        t.say("p", t.node())


@shape("nodeKindBlankOrIri", prop("sh:nodeKind sh:BlankNodeOrIRI"), ("NodeKind", 1))
def _(t):
    t.say("p", t.node(), f"_:c{t.kind}{t.number}")
    if t.bad:
        t.say("p", text("x"))


@shape("minExclusive", prop("sh:minExclusive 0"), ("MinExclusive", 2))
def _(t):
    t.say("p", integer(t.number + 1), typed("0.000000000000000000000000001", "decimal"))
    if t.bad:
        t.say("p", integer(0), text("5"))


@shape("minInclusive", prop("sh:minInclusive 0"), ("MinInclusive", 1))
def _(t):
    t.say("p", integer(0), typed("1e3", "double"))
    if t.bad:
        t.say("p", typed("-0.5", "decimal"))


@shape("maxExclusive", prop('sh:maxExclusive "2000-01-01"^^xsd:date'), ("MaxExclusive", 2))
def _(t):
    t.say("p", typed("1999-12-31", "date"))
    if t.bad:
        t.say("p", typed("2000-01-01", "date"), ill("1999-02-30", "date"))


@shape("maxInclusive", prop("sh:maxInclusive 100"), ("MaxInclusive", 1))
def _(t):
    t.say("p", integer(100), typed("99.99", "decimal"))
    if t.bad:
        t.say("p", typed("100.00000000000000000001", "decimal"))


@shape("minLength", prop("sh:minLength 3"), ("MinLength", 2))
def _(t):
    t.say("p", text("äöü"), text(f"name {t.number}"))
    if t.bad:
        t.say("p", text("äö"), f"_:d{t.kind}{t.number}")


@shape("maxLength", prop("sh:maxLength 5"), ("MaxLength", 1))
def _(t):
    t.say("p", text("äöüäö"))
    if t.bad:
        t.say("p", text(f"äöüäöü{t.number}"))


@shape("pattern", prop('sh:pattern "^[A-Z]{2}[0-9]+$"'), ("Pattern", 1))
def _(t):
    t.say("p", text(f"AB{t.number}"))
    if t.bad:
        t.say("p", text(f"ab{t.number}"))


@shape("patternFlags", prop('sh:pattern "^ab" ; sh:flags "i"'), ("Pattern", 1))
def _(t):
    t.say("p", text(f"AB{t.number}"), text(f"ab{t.number}"))
    if t.bad:
        t.say("p", text(f"xab{t.number}"))


@shape("languageIn", prop('sh:languageIn ( "en" "de" )'), ("LanguageIn", 2))
def _(t):
    t.say("p", text("x", "en-GB"), text("y", "de"))
    if t.bad:
        t.say("p", text("z", "fr"), text("plain"))


@shape("in", prop("sh:in ( :red :green 1 )"), ("In", 2))
def _(t):
    t.say("p", iri("red"), integer(1))
    if t.bad:
        t.say("p", iri("blue"), integer("01"))


@shape("hasValue", prop("sh:hasValue :red"), ("HasValue", 1))
def _(t):
    t.say("p", iri("green"))
    if not t.bad:
        t.say("p", iri("red"))


# ---- counts and pairs

@shape("minCount", prop("sh:minCount 2"), ("MinCount", 1))
def _(t):
    t.say("p", integer(1), *([] if t.bad else [integer(2)]))


@shape("maxCount", prop("sh:maxCount 1"), ("MaxCount", 1))
def _(t):
    t.say("p", integer(1), *([integer(2), integer(3)] if t.bad else []))


@shape("uniqueLang", prop("sh:uniqueLang true"), ("UniqueLang", 2))
def _(t):
    t.say("p", text("a", "en"), text("b", "de"), text("c"), text("d"))
    if t.bad:
        t.say("p", text("e", "en"), text("f", "de"), text("g", "de"))


@shape("equals", prop("sh:equals :equals-q"), ("Equals", 2))
def _(t):
    t.say("p", integer(1))
    t.say("q", integer(1))
    if t.bad:
        t.say("p", integer(2))
        t.say("q", integer(3))


@shape("disjoint", prop("sh:disjoint :disjoint-q"), ("Disjoint", 1))
def _(t):
    t.say("p", integer(1))
    t.say("q", integer(2), *([integer(1)] if t.bad else []))


@shape("lessThan", prop("sh:lessThan :lessThan-q"), ("LessThan", 1))
def _(t):
    t.say("p", typed("2020-01-01", "date"))
    t.say("q", typed("2020-01-01" if t.bad else "2020-01-02", "date"))


@shape("lessThanOrEquals", prop("sh:lessThanOrEquals :lessThanOrEquals-q"), ("LessThanOrEquals", 1))
def _(t):
    t.say("p", integer(5))
    t.say("q", integer(4) if t.bad else integer(5))


# ---- logic and nesting

@shape("not", prop("sh:not [ sh:datatype xsd:string ]"), ("Not", 1))
def _(t):
    t.say("p", integer(1), *([text("x")] if t.bad else []))


@shape("and", prop("sh:and ( [ sh:minInclusive 1 ] [ sh:maxInclusive 9 ] )"), ("And", 2))
def _(t):
    t.say("p", integer(5), *([integer(0), integer(10)] if t.bad else []))


@shape("or", prop("sh:or ( [ sh:datatype xsd:string ] [ sh:class :orWanted ] )"), ("Or", 1))
def _(t):
    t.say("p", text("x"), t.node("orWanted"), *([integer(1)] if t.bad else []))


@shape("xone", "sh:xone ( [ sh:property [ sh:path :P ; sh:minCount 1 ] ] [ sh:property [ sh:path :xone-q ; sh:minCount 1 ] ] )", ("Xone", 1))
def _(t):
    if not t.bad:
        t.say("p" if t.number % 2 else "q", integer(1))
    elif t.number % 2:
        t.say("p", integer(1))
        t.say("q", integer(1))


@shape("node", "sh:property [ sh:path :P ; sh:node :nodeInner ]", ("Node", 1),
       prefix=":nodeInner a sh:NodeShape ; sh:property [ sh:path :node-q ; sh:minCount 1 ; sh:datatype xsd:string ] .")
def _(t):
    inner = t.node()
    t.say("p", inner)
    t.say("q", integer(1) if t.bad else text("x"), subject=inner)


@shape("nodeDeep", "sh:property [ sh:path :P ; sh:node :nodeDeepA ]", ("Node", 1),
       prefix=":nodeDeepA a sh:NodeShape ; sh:property [ sh:path :nodeDeep-q ; sh:node :nodeDeepB ] .\n"
              ":nodeDeepB a sh:NodeShape ; sh:property [ sh:path :nodeDeep-r ; sh:maxCount 1 ] .")
def _(t):
    a, b = t.node(), t.node()
    t.say("p", a)
    t.say("q", b, subject=a)
    t.say("r", integer(1), *([integer(2)] if t.bad else []), subject=b)


@shape("property", "sh:property [ sh:path :P ; sh:property [ sh:path :property-q ; sh:minCount 1 ] ]", ("MinCount", 2))
def _(t):
    for _ in range(2):
        inner = t.node()
        t.say("p", inner)
        if not t.bad:
            t.say("q", integer(1), subject=inner)


@shape("qualifiedMin", prop("sh:qualifiedValueShape [ sh:class :qmWanted ] ; sh:qualifiedMinCount 2"), ("QualifiedMinCount", 1))
def _(t):
    t.say("p", t.node("qmWanted"), t.node("qmOther" if t.bad else "qmWanted"), t.node("qmOther"))


@shape("qualifiedMax", prop("sh:qualifiedValueShape [ sh:class :qxWanted ] ; sh:qualifiedMaxCount 1"), ("QualifiedMaxCount", 1))
def _(t):
    t.say("p", t.node("qxWanted"), t.node("qxWanted" if t.bad else "qxOther"), t.node("qxOther"))


@shape("qualifiedDisjoint",
       "sh:property [ sh:path :P ; sh:qualifiedValueShape [ sh:class :thumb ] ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] ,"
       " [ sh:path :P ; sh:qualifiedValueShape [ sh:class :finger ] ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 2 ]",
       ("QualifiedMinCount", 1))
def _(t):
    t.say("p", t.node("thumb"), t.node("finger"))
    both = t.node("finger")
    t.say("p", both)
    if t.bad:
        t.say(RDF_TYPE, iri("thumb"), subject=both)


@shape("closed", "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path :P ]", ("Closed", 2))
def _(t):
    t.say("p", integer(1))
    if t.bad:
        t.say("extra", integer(1), integer(2))


@shape("closedBelow", "sh:property [ sh:path :P ]", ("Closed", 1),
       prefix=":closedBelowShapeSub a sh:NodeShape ; sh:targetClass :closedBelowSub ; sh:closed true ; sh:ignoredProperties ( rdf:type :closedBelow-p ) ;"
              " sh:property [ sh:path :closedBelow-q ] .")
def _(t):
    t.say(RDF_TYPE, iri("closedBelowSub"))
    t.say("p", integer(1))
    t.say("q", integer(1))
    if t.bad:
        t.say("r", integer(1))


# ---- paths

def path(name, turtle):
    return f"sh:property [ sh:path {turtle} ; sh:nodeKind sh:IRI ]"


@shape("pathInverse", "sh:property [ sh:path [ sh:inversePath :P ] ; sh:minCount 1 ]", ("MinCount", 1))
def _(t):
    if not t.bad:
        t.say("p", t.me, subject=t.node())
    else:
        t.say("q", integer(1))


@shape("pathSequence", path("", "( :P :pathSequence-q )"), ("NodeKind", 1))
def _(t):
    inner = t.node()
    t.say("p", inner)
    t.say("q", text("x") if t.bad else iri("x"), subject=inner)


@shape("pathAlternative", path("", "[ sh:alternativePath ( :P :pathAlternative-q ) ]"), ("NodeKind", 2))
def _(t):
    t.say("p", iri("x"))
    t.say("q", iri("x"))
    if t.bad:
        t.say("p", integer(1))
        t.say("q", integer(2))


@shape("pathStar", path("", "( [ sh:zeroOrMorePath :P ] :pathStar-q )"), ("NodeKind", 1))
def _(t):
    a, b = t.node(), t.node()
    t.say("p", a)
    t.say("p", b, subject=a)
    t.say("p", t.me, subject=b)
    t.say("q", text("x") if t.bad else iri("x"), subject=b)


@shape("pathPlus", "sh:property [ sh:path [ sh:oneOrMorePath :P ] ; sh:maxCount 2 ]", ("MaxCount", 1))
def _(t):
    a, b = t.node(), t.node()
    t.say("p", a)
    t.say("p", b, subject=a)
    if t.bad:
        t.say("p", t.me, subject=b)


@shape("pathOptional", "sh:property [ sh:path [ sh:zeroOrOnePath :P ] ; sh:minCount 2 ]", ("MinCount", 1))
def _(t):
    t.say("p", t.me if t.bad else t.node())


@shape("pathTypes", "sh:property [ sh:path ( :P rdf:type [ sh:zeroOrMorePath rdfs:subClassOf ] ) ; sh:hasValue :classWanted ]", ("HasValue", 1))
def _(t):
    t.say("p", t.node("classOther" if t.bad else "classBelow"))


@shape("targetSubjects", "sh:property [ sh:path :targetSubjects-q ; sh:minCount 1 ]", ("MinCount", 1))
def _(t):
    t.say("p", integer(1))
    if not t.bad:
        t.say("q", integer(1))


@shape("targetObjects", "sh:nodeKind sh:IRI", ("NodeKind", 1))
def _(t):
    t.say("p", iri("x"), *([text(f"x{t.number}")] if t.bad else []))


@shape("warning", prop("sh:maxCount 1 ; sh:severity sh:Warning"), ("MaxCount", 1))
def _(t):
    t.say("p", integer(1), *([integer(2)] if t.bad else []))


# ---- checks of the ontology: code, subject and how often for each bad thing

def check(name, body, *expected):
    def register(fill):
        CHECKS.append((name, body, expected, fill))
        return fill

    return register


@check("oUnknownProperty", "", ("unknown_property", "oUnknownProperty-pq", 1))
def _(t):
    t.say("p", integer(1))
    if t.bad:
        t.say("pq", integer(1))


@check("oUnknownClass", "", ("unknown_class", "oUnknownClas", 1))
def _(t):
    t.say("p", integer(1))
    if t.bad:
        t.say(RDF_TYPE, iri("oUnknownClas"))


@check("oDomain", ":oDomain-q a owl:DatatypeProperty ; rdfs:domain [ owl:unionOf ( :oDomainElse :oDomainElse2 ) ] .", ("domain_mismatch", "oDomain-q", 1))
def _(t):
    t.say("p", integer(1))
    if t.bad:
        t.say("q", integer(1), integer(2))


@check("oRange", ":oRange-q a owl:ObjectProperty ; rdfs:range :oRangeWanted .", ("range_mismatch", "oRange-q", 2))
def _(t):
    t.say("q", t.node("oRangeBelow"))
    if t.bad:
        t.say("q", t.node("oRangeElse"), text("x"))


@check("oRangeData", ":oRangeData-q a owl:DatatypeProperty ; rdfs:range :Partial .", ("range_mismatch", "oRangeData-q", 2))
def _(t):
    t.say("q", typed("2020", "gYear"))
    if t.bad:
        t.say("q", text("2020"), iri("red"))


@check("oLexical", ":oLexical-q a owl:DatatypeProperty .")
def _(t):
    t.say("q", typed("2020-02-29", "date"))
    if t.bad:
        t.say("q", ill(f"2021-02-{29 + t.number % 3}", "date"))


@check("oLink", ":oLink a dm:LinkClass ; dm:sourceEnd :oLink-from ; dm:targetEnd :oLink-to ; dm:directPredicate :oLink-direct ."
       " :oLink-from a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:range :oLinkEnd . :oLink-to a owl:ObjectProperty ; rdfs:range :oLinkEnd ."
       " :oLink-direct a owl:ObjectProperty .",
       ("link_end_missing", "oLink-to", 1), ("link_end_repeated", "oLink-from", 1), ("link_end_class", "oLink-from", 1))
def _(t):
    t.say("from", t.node("oLinkEnd"))
    if t.bad:
        t.say("from", t.node("oLink2"))
    else:
        t.say("to", t.node("oLinkEnd"))


@check("oDates", ":oDates a dm:LinkClass ; dm:sourceEnd :oDates-from ; dm:targetEnd :oDates-from ; dm:directPredicate :oLink-direct ;"
       " dm:startQualifier :oDates-start ; dm:endQualifier :oDates-end . :oDates-from a owl:ObjectProperty ."
       " :oDates-start a owl:DatatypeProperty . :oDates-end a owl:DatatypeProperty .",
       ("date_order", "oDates-start", 1))
def _(t):
    t.say("from", iri("red"))
    t.say("start", typed("2020-09", "gYearMonth"))
    t.say("end", typed("2020-08-31", "date") if t.bad else typed("2020-09-01", "date"))


@check("oClosed", ":oClosed dm:closed true . :oClosed-p rdfs:domain :oClosed .", ("closed_class", "oClosed", 2))
def _(t):
    t.say("p", integer(1))
    if t.bad:
        t.say("<http://example.org/elsewhere/p>", integer(1))
        t.say(iri("oDomain-q"), integer(1))


@check("oDisjoint", ":oDisjoint owl:disjointWith :oDisjointUpper .", ("disjoint_classes", "oDisjoint", 1))
def _(t):
    t.say("p", integer(1))
    if t.bad:
        t.say(RDF_TYPE, iri("oDisjointUpperBelow"))


@check("oFunctional", ":oFunctional-q a owl:DatatypeProperty , owl:FunctionalProperty .", ("functional_property", "oFunctional-q", 1))
def _(t):
    t.say("q", integer(1), *([integer(2), integer(3)] if t.bad else []))


@check("oDangling", ":oDangling-q a owl:ObjectProperty .", ("dangling_reference", "oDangling-q", 1))
def _(t):
    t.say("q", iri("red"), "<http://example.org/elsewhere/thing>")
    if t.bad:
        t.say("q", iri(f"nowhere/{t.number}"))


@check("oKey", ":oKey-q a owl:DatatypeProperty , owl:InverseFunctionalProperty .", ("inverse_functional_property", "oKey-q", 1))
def _(t):
    t.say("q", text(f"key {t.number}"))
    if t.bad:
        t.say("q", text(f"key {t.number}"), subject=t.node("oKey"))


def headers():
    return (f"@prefix : <{E}> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix xsd: <{XSD}> .\n"
            "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix dm: <https://w3id.org/dossier/meta#> .\n\n")


EXTRA_CLASSES = {"classBelow": "classWanted", "closedBelowSub": "closedBelow", "oRangeBelow": "oRangeWanted",
                 "oDisjointUpperBelow": "oDisjointUpper"}
OTHER_CLASSES = ("Node classWanted classOther orWanted qmWanted qmOther qxWanted qxOther thumb finger oDomainElse oDomainElse2 "
                 "oRangeWanted oRangeElse oLinkEnd oLink2 oDisjointUpper").split()


def write_shapes(out):
    lines = [headers()]
    for name, body, expected, fill, prefix in SHAPES:
        target = {"targetSubjects": f"sh:targetSubjectsOf :{name}-p", "targetObjects": f"sh:targetObjectsOf :{name}-p"}.get(
            name, f"sh:targetClass :{name}")
        lines.append(f":{name}Shape a sh:NodeShape ; {target} ;\n  {body} .\n".replace(":P ", f":{name}-p ") + prefix + "\n\n")
    (out / "shapes.ttl").write_text("".join(lines))


def write_ontology(out):
    lines = [headers()]
    classes = [s[0] for s in SHAPES] + [c[0] for c in CHECKS] + OTHER_CLASSES + list(EXTRA_CLASSES)
    lines += [f":{name} a owl:Class .\n" for name in classes]
    lines += [f":{sub} rdfs:subClassOf :{above} .\n" for sub, above in EXTRA_CLASSES.items()]
    lines.append(":Partial a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear xsd:gYearMonth ) ] .\n")
    lines.append(":Colour a owl:Class . :red a :Colour . :green a :Colour . :blue a :Colour . :x a :Colour .\n")
    for name, *_ in SHAPES:
        lines += [f":{name}-{p} a rdf:Property .\n" for p in ("p", "q", "r", "extra")]
    for name, body, *_ in CHECKS:
        lines.append(f":{name}-p a rdf:Property .\n{body}\n")
    (out / "ontology.ttl").write_text("".join(lines))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("out")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    write_shapes(out)
    write_ontology(out)

    kinds = [(name, expected, fill, True) for name, _, expected, fill, _ in SHAPES]
    kinds += [(name, expected, fill, False) for name, _, expected, fill in CHECKS]
    r = random.Random(arguments.seed)
    expected_shapes, expected_checks, count = {}, {}, 0
    with open(out / "data.nt", "w", encoding="utf-8") as file:
        for sub, above in EXTRA_CLASSES.items():
            file.write(f"{iri(sub)} {SUBCLASS} {iri(above)} .\n")
            count += 1
        for index, (name, expected, fill, is_shape) in enumerate(kinds):
            goal = len(EXTRA_CLASSES) + (arguments.triples - len(EXTRA_CLASSES)) * (index + 1) // len(kinds)
            number, bad = 0, 0
            share = 100 + 7 * (index % 11)  # one thing of so many is bad, and the first two
            while count < goal:
                is_bad = number < 2 or r.randrange(share) == 0
                thing = Thing(name, number, is_bad, r)
                thing.say(RDF_TYPE, iri(name))
                fill(thing)
                lines = {f"{s} {p} {o} .\n" for s, p, o in thing.out}
                file.writelines(sorted(lines))
                count += len(lines)
                number += 1
                bad += is_bad
            for item in expected:
                if is_shape:
                    expected_shapes[f"{name} {item[0]}ConstraintComponent"] = bad * item[1]
                else:
                    expected_checks[f"{item[0]} {item[1]}"] = bad * item[2]
    for datatype, number in ILL_FORMED.items():
        expected_checks[f"bad_lexical_form {datatype}"] = number
    (out / "expected.json").write_text(json.dumps(
        {"triples": count, "kinds": len(kinds), "shapes": expected_shapes, "checks": expected_checks}, indent=1, sort_keys=True) + "\n")
    print(f"{count} triples, {len(kinds)} kinds of fault, {sum(expected_shapes.values())} results of shapes, "
          f"{sum(expected_checks.values())} of the ontology")


if __name__ == "__main__":
    main()
