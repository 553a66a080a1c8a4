#!/usr/bin/env python3
"""A fault in a CSV, JSON, XML or Turtle source is reported at its very line and column."""

import json

from program_test import Check

PREFIXES = "prefixes: {e: 'http://e/', xsd: 'http://www.w3.org/2001/XMLSchema#'}\n"
SHAPES = """@prefix e: <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:S a sh:NodeShape ; sh:targetClass e:Person ; sh:property [ sh:path e:age ; sh:maxInclusive 150 ] ,
  [ sh:path e:born ; sh:datatype xsd:date ] .
"""
# The fault is the value that cannot be: found where the text stands in the source.
SOURCES = {
    "people.csv": "id,name,age,born\n1,Äda,36,1815-12-10\n2,Bob,987,1990-01-01\n3,\"C\nC\",40,31.2.24\n",
    "people.json": '{"people": [\n  {"id": 1, "age": 36, "born": "1815-12-10"},\n'
                   '  {"id": 2, "näme": "Bob",\n   "age": 987, "born": "1990-01-01"},\n'
                   '  {"id": 3, "age": 40,\n     "born":   "31.2.24"}\n]}\n',
    "people.xml": '<people>\n  <person id="1"><age>36</age><born>1815-12-10</born></person>\n'
                  '  <person id="2">\n     <näme/> <age>987</age><born>1990-01-01</born></person>\n'
                  '  <person id="3" ><age>40</age>\n    <born>31.2.24</born>\n  </person>\n</people>\n',
    "people.ttl": "@prefix e: <http://e/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
                  "e:1 a e:Person ; e:age 36 ; e:born \"1815-12-10\"^^xsd:date .\n"
                  "e:2 a e:Person ;\n  e:näme \"ö\" ; e:age 987 ;\n  e:born \"1990-01-01\"^^xsd:date .\n"
                  "e:3 a e:Person ; e:age 40 ; e:born\n     \"31.2.24\"^^xsd:date .\n",
}
FORMS = {"people.csv": ("people.csv~csv", "{0}"), "people.json": ("people.json~jsonpath", "$.people[*]"),
         "people.xml": ("people.xml~xpath", "/people/person")}


def place_of(text, what):
    """Line and column, from 1, in characters."""
    at = text.index(what)
    line = text.count("\n", 0, at) + 1
    return line, at - (text.rfind("\n", 0, at) + 1) + 1


def mapping_of(name):
    form, iterator = FORMS[name]
    key = "@id" if name.endswith(".xml") else "id"
    source = f"[{form}]" if iterator == "{0}" else f"[{form}, '{iterator}']"
    return (PREFIXES + f"mappings:\n  people:\n    sources: [{source}]\n    s: e:$({key})\n    po:\n"
            "      - [a, e:Person]\n      - [e:age, $(age), xsd:integer]\n      - [e:born, $(born), xsd:date]\n")


def check_source(check, name, text):
    check.write(name, text)
    check.write("shapes.ttl", SHAPES)
    target = name
    if name in FORMS:
        folder = f"project-{name}"
        check.write(f"{folder}/{name}", text)
        check.write(f"{folder}/shapes.ttl", SHAPES)
        check.write(f"{folder}/people.yarrrml.yaml", mapping_of(name))
        check.write(f"{folder}/dossier.yaml", "dossier: 1\nname: people\nbase: http://e/\n"
                    "mappings: [people.yarrrml.yaml]\nontology: {domain: false}\nshapes: [shapes.ttl]\n"
                    "exports: [{path: out/g.nt}]\n")
        target = folder
    arguments = ["validate", target, "--json"] + ([] if name in FORMS else ["--shapes", "shapes.ttl"])
    done = check.expect(1, *arguments)
    if not done.out:
        check.end()
    report = json.loads(done.out)
    found = {f["focus"]: (f["place"].get("file"), f["place"].get("line"), f["place"].get("column"))
             for f in report["findings"]}
    quote = '"' if name.endswith((".json", ".ttl")) else ""
    for focus, value in (("http://e/2", "987"), ("http://e/3", quote + "31.2.24")):
        check.equal(f"{name}: place of {focus}", found.get(focus), (name, *place_of(text, value)))
    return report


def check_too_many(check):
    """sh:maxCount has no value: the first that is too many tells the place."""
    text = "@prefix e: <http://e/> .\ne:1 a e:Person ;\n  e:nick \"a\" ,\n    \"b\" .\n"
    check.write("nicks.ttl", text)
    check.write("nick-shapes.ttl", "@prefix e: <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
                "e:S a sh:NodeShape ; sh:targetClass e:Person ; sh:property [ sh:path e:nick ; sh:maxCount 1 ] .\n")
    done = check.expect(1, "validate", "nicks.ttl", "--shapes", "nick-shapes.ttl", "--json")
    place = json.loads(done.out)["findings"][0]["place"]
    check.equal("place of the value too many", (place["line"], place["column"]), place_of(text, '"b"'))


def main():
    check = Check(__doc__)
    check_too_many(check)
    for name, text in SOURCES.items():
        check_source(check, name, text)
    check.end()


if __name__ == "__main__":
    main()
