#!/usr/bin/env python3
"""Schemas of LinkML and FollowTheMoney as ontologies: read, browsed, checked by, and written in other languages."""

import json
import shutil

from program_test import Check
from skipping import ROOT

SCHEMAS = ROOT / "tests" / "schemas"
LANGUAGES = ("shacl", "owl", "json-schema", "jsonld-context", "markdown")
# Findings on library-faults.ttl: code, end of the focus, end of the path.
FAULTS = {
    ("E0453", "f01", "name"), ("E0454", "f02", "name"), ("E0424", "f03", "stars"), ("E0478", "f04", "genre"),
    ("E0461", "f05", "isbn"), ("E0456", "f06", "pages"), ("E0458", "f07", "weight"), ("E0424", "f08", "written_by"),
    ("E0454", "f09", "copies"), ("E0425", "f10", "lent"), ("E0453", "f10", "lent"), ("E0456", "f11", "scale"),
    ("E0470", "f12", "place"), ("E0461", "f13", "code"), ("E0430", "f14", "pages"),
}


def end(iri):
    return iri.replace(":", "/").rsplit("/", 1)[-1]


def reads_linkml(check):
    check.expect(0, "model", "library.yaml", out=[
        "Classes", "lib:Loan  (link)", "lib:Loan: lib:borrower -> lib:lent", "lib:pages  xsd:integer"])
    check.expect(0, "model", "library.yaml", "Book", out=[
        "schema:Book  (class)", "is a         lib:Item, lib:Rated", "lib:written_by  foaf:Person"])
    page = json.loads(check.expect(0, "model", "library.yaml", "Loan", "--json").out)
    check.equal("the ends of a link", (end(page["source_end"]), end(page["target_end"])), ("borrower", "lent"))
    check.expect(0, "model", "library.yaml", "written_by", out=["inverse", "lib:wrote"])
    check.expect(2, "model", "library.yaml", "Bok", says=["E0", "did you mean"])


def finds_faults(check):
    done = check.expect(1, "validate", "library-faults.ttl", "--ontology", "library.yaml", "--json")
    found = {(f["code"], end(f["focus"]), end(f.get("path", ""))) for f in json.loads(done.out)["findings"]
             if f["severity"] == "violation"}
    check.equal("planted faults", sorted(found), sorted(FAULTS))
    # A schema is an ontology and shapes at once, however it is named.
    same = check.expect(1, "validate", "library-faults.ttl", "--shapes", "library.yaml", "--json")
    check.equal("as shapes", same.out, done.out)
    check.write("dossier.yaml", "dossier: 1\nname: lib\ndata: [library-faults.ttl]\n"
                "ontology: {domain: false, files: [library.yaml]}\n")
    project = check.expect(1, "validate", "--json")
    check.equal("in a project", len(json.loads(project.out)["findings"]), len(json.loads(done.out)["findings"]))
    check.expect(1, "validate", "library-faults.ttl", "--ontology", "library.yaml", out=["lib:pages is \"0\"", "or more"])


def reads_ftm(check):
    check.expect(0, "model", "ftm/Command.yaml", out=[
        "ftm:Thing", "ftm:Command: ftm:Command:captain -> ftm:Command:ship, directly ftm:Command:sailsWith"])
    check.expect(0, "model", "ftm/Command.yaml", "Command", out=["since", "startDate", "until", "endDate"])
    check.expect(0, "model", "ftm/Command.yaml", "commands", out=["inverse", "captain"])
    ns = "https://schema.followthemoney.tech/#"
    check.write("ships.nt", "".join(f"<http://e/{s}> <{p}> {o} .\n" for s, p, o in [
        ("s", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{ns}Ship>"), ("s", ns + "Thing:name", '"Ship"'),
        ("s", ns + "Thing:country", '"Germany"'), ("s", ns + "Ship:imoNumber", '"IMO 1234567"'),
        ("s", ns + "Thing:topics", '"mare.shadow"'),
        ("c", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{ns}Captain>"),
        ("c", ns + "Captain:gender", '"m"'),
        ("k", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{ns}Command>"),
        ("k", ns + "Command:captain", "<http://e/s>"), ("k", ns + "Command:ship", "<http://e/s>")]))
    done = check.expect(1, "validate", "ships.nt", "--ontology", "ftm/Command.yaml", "--json")
    check.equal("faults by FollowTheMoney", sorted({(f["code"], end(f["focus"]), end(f.get("path", "")))
                                                    for f in json.loads(done.out)["findings"]}),
                [("E0426", "k", "captain"), ("E0453", "c", "name"), ("E0461", "s", "country"), ("E0478", "c", "gender")])


def writes_languages(check):
    for name in ("library.yaml", "ftm/Command.yaml"):
        for language in LANGUAGES:
            first = check.expect(0, "model", name, "--to", language)
            check.true(f"{name} as {language} says something", len(first.out) > 300)
            again = check.expect(0, "model", name, "--to", language, "--threads", "3")
            check.equal(f"{name} as {language} twice", again.out, first.out)
            if language.startswith("json"):
                json.loads(first.out)
    for language in LANGUAGES:
        check.expect(0, "model", "--to", language)
    # What was written says the same when it is read again.
    check.expect(0, "model", "library.yaml", "--to", "owl", "-o", "library.ttl")
    check.expect(0, "model", "library.yaml", "--to", "shacl", "-o", "shapes.ttl")
    before = json.loads(check.expect(0, "model", "library.yaml", "--json").out)
    after = json.loads(check.expect(0, "model", "library.ttl", "--json").out)
    check.equal("OWL read again", after, before)
    done = check.expect(1, "validate", "library-faults.ttl", "--shapes", "shapes.ttl", "--json")
    found = {end(f["focus"]) for f in json.loads(done.out)["findings"] if f["severity"] == "violation"}
    check.equal("faults by the shapes alone", sorted(found), sorted({focus for _, focus, _ in FAULTS}))
    check.expect(64, "model", "library.yaml", "--to", "turtle")
    check.expect(2, "model", "library.yaml", "--to", "owl", "-o", "none/out.ttl", says="E0")


def documents(check):
    schema = json.loads(check.expect(0, "model", "library.yaml", "--to", "json-schema").out)
    check.equal("the root of documents", schema["$ref"], "#/$defs/Library")
    book = schema["$defs"]["Book"]
    check.equal("required keys", book["required"], ["id", "title", "copies", "written_by"])
    check.equal("unknown keys", book["additionalProperties"], False)
    check.equal("a pattern", book["properties"]["isbn"]["pattern"], "^97[89][0-9]{10}$")
    check.equal("an enumeration", schema["$defs"]["Genre"]["enum"], ["novel", "poetry", "essay"])
    context = json.loads(check.expect(0, "model", "library.yaml", "--to", "jsonld-context").out)["@context"]
    check.equal("the identifier", context["id"], "@id")
    check.equal("a date", context["born"], {"@id": "https://example.org/people/born", "@type": "xsd:date"})
    text = check.expect(0, "model", "library.yaml", "--to", "markdown").out.decode()
    for each in ("# library", "### Book", "```mermaid", "## Links", "## Enumerations", "A long story", "schema:Poem"):
        check.true(f"{each!r} in the reference", each in text)


MISTAKES = [  # name, text, exit code, what is said
    ("key", "id: http://e/s\nname: s\nclasses:\n  A: {atributes: {}}\n", 0, ["E0901", "key.yaml:4:7", "did you mean attributes"]),
    ("slot", "id: http://e/s\nname: s\nclasses:\n  A: {slots: [nmae]}\nslots: {name: }\n", 2, ["E0903", "slot.yaml:4:15", "did you mean name"]),
    ("range", "id: http://e/s\nname: s\nclasses:\n  A: {attributes: {a: {range: strng}}}\n", 2, ["E0903", "range.yaml:4:31", "did you mean string"]),
    ("super", "id: http://e/s\nname: s\nclasses:\n  A: {is_a: Aa}\n  Aab: {}\n", 2, ["E0903", "super.yaml:4:13"]),
    ("circle", "id: http://e/s\nname: s\nclasses:\n  A: {is_a: B}\n  B: {mixins: [C]}\n  C: {is_a: A}\n", 2, ["E0904", "A is a B is a C is a A"]),
    ("slots", "id: http://e/s\nname: s\nslots:\n  a: {is_a: b}\n  b: {is_a: a}\nclasses: {}\n", 2, ["E0904", "the slot stands above itself"]),
    ("types", "id: http://e/s\nname: s\ntypes:\n  t: {typeof: u}\n  u: {typeof: t}\nslots: {a: {range: t}}\n", 2, ["E0904", "the type t"]),
    ("import", "id: http://e/s\nname: s\nimports: [none]\nclasses: {A: {}}\n", 2, ["E0905", "import.yaml:3:11", "none.yaml"]),
    ("outside", "id: http://e/s\nname: s\nimports: [../secret]\nclasses: {A: {}}\n", 2, ["E0007", "outside.yaml:3:11"]),
    ("network", "id: http://e/s\nname: s\nimports: ['http://127.0.0.1/s']\nclasses: {A: {}}\n", 2, ["E0905", "no file here"]),
    ("prefix", "id: http://e/s\nname: s\nclasses: {A: {class_uri: 'nope:A'}}\n", 2, ["E0907", "prefix.yaml:3:26"]),
    ("value", "id: http://e/s\nname: s\nclasses: {A: {attributes: {a: {required: maybe}}}}\n", 2, ["E0902", "true or false", "value.yaml:3:42"]),
    ("rules", "id: http://e/s\nname: s\nclasses:\n  A:\n    rules: []\n", 0, ["E0906", "rules.yaml:5:5"]),
    ("same", "id: http://e/s\nname: s\nclasses: {A: {class_uri: 'http://e/X'}, B: {class_uri: 'http://e/X'}}\n", 0, ["E0908", "A and B"]),
    ("loose", "id: http://e/s\nname: s\nslots: {a: {required: true}}\nclasses:\n  A: {slots: [a]}\n  B: {is_a: A, slot_usage: {a: {required: false}}}\n", 0, ["E0909", "loose.yaml:6:43"]),
    ("twice", "id: http://e/s\nname: s\nclasses:\n  A: {}\n  A: {}\n", 2, ["E0751", "twice.yaml:5:3"]),
    ("tab", "id: http://e/s\nname: s\nclasses:\n\tA: {}\n", 2, ["E0753", "tab.yaml:4"]),
    ("ends", "id: http://e/s\nname: s\nclasses: {A: {represents_relationship: true, attributes: {a: }}}\n", 0, ["E0906", "relational_role"]),
    ("nothing", "- a\n- b\n", 2, ["E0900", "nothing.yaml:1:1"]),
    ("extends", "A: {extends: [B], label: A}\nB: {extends: [A], label: B}\n", 2, ["E0904", "A is a B is a A"]),
    ("missing", "A: {extends: [Nope], label: A}\n", 2, ["E0903", "missing.yaml:1:15"]),
    ("edge", "A: {label: A, edge: {source: a, target: b}, properties: {a: {type: entity, range: A}}}\n", 2, ["E0903", "edge.yaml:1:41", 'property of A "b"']),
    ("ftmtype", "A: {label: A, properties: {a: {type: dat}}}\n", 2, ["E0903", "did you mean date"]),
]


def tells_mistakes(check):
    check.write("../secret.yaml", "id: http://e/secret\nname: secret\nclasses: {SECRET: {}}\n")
    for name, text, code, says in MISTAKES:
        check.write(f"{name}.yaml", text)
        done = check.expect(code, "model", f"{name}.yaml", "--verbose", says=says)
        check.true(f"{name}: nothing from outside", b"SECRET" not in done.out)
    (check.folder / "../secret.yaml").unlink()


def ends_soon(check):
    head = "id: http://e/s\nname: s\n"
    bomb = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10))
    check.write("bomb.yaml", head + "a0: &a0 x\n" + bomb)
    check.expect(2, "model", "bomb.yaml", says=["E0005", "max-yaml-nodes"], timeout=20)
    check.write("deep.yaml", head + "classes: " + "{a: " * 5000 + "}" * 5000 + "\n")
    check.expect(2, "model", "deep.yaml", says=["E0005", "max-yaml-depth"], timeout=20)
    chain = "".join(f"  C{i}: {{is_a: C{i + 1}, slots: [a]}}\n" for i in range(20000))
    check.write("chain.yaml", head + "slots: {a: }\nclasses:\n" + chain + "  C20000: {}\n")
    check.expect(2, "model", "chain.yaml", "--limit", "max-hierarchy=200000", says=["E0005", "max-hierarchy"], timeout=60)
    values = "".join(f"      v{i}:\n" for i in range(50000))
    check.write("huge.yaml", head + "slots: {a: {range: E}}\nclasses: {A: {slots: [a]}}\nenums:\n  E:\n"
                "    permissible_values:\n" + values)
    check.expect(0, "model", "huge.yaml", timeout=60)
    for i in range(200):
        check.write(f"i{i}.yaml", f"id: http://e/i{i}\nname: i{i}\nimports: [i{(i + 1) % 200}, i{(i + 7) % 200}]\n"
                    f"classes: {{C{i}: {{}}}}\n")
    check.expect(0, "model", "i0.yaml", out="C199", timeout=60)


def imports_by_catalogue(check):
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
    check.write("in/o.ttl", owl + "<http://e/o> a owl:Ontology ; owl:imports <http://e/far#> . <http://e/A> a owl:Class .\n")
    check.write("in/copy.ttl", owl + "<http://e/other> owl:imports <http://e/o> . <http://e/B> a owl:Class .\n")
    check.write("in/d.ttl", "<http://e/x> a <http://e/B> .\n")
    project = "dossier: 1\nname: p\ndata: [d.ttl]\nontology:\n  domain: false\n  files: [o.ttl]\n"
    check.write("in/dossier.yaml", project + "  catalogue: {'http://e/far#': copy.ttl}\n")
    check.expect(0, "validate", "in")
    check.write("in/dossier.yaml", project + "  catalogue: {'http://e/far': none.ttl}\n")
    check.expect(2, "validate", "in", says=["E0001", "none.ttl", "dossier.yaml:7:31"])
    check.write("in/dossier.yaml", project)
    check.expect(2, "validate", "in", says=["E0008", "o.ttl:1:", "catalogue"])


def main():
    check = Check(__doc__)
    for each in SCHEMAS.iterdir():
        if each.is_dir():
            shutil.copytree(each, check.folder / each.name)
        else:
            shutil.copy(each, check.folder)
    for part in (reads_linkml, finds_faults, reads_ftm, writes_languages, documents, tells_mistakes,
                 imports_by_catalogue, ends_soon):
        part(check)
    check.end()


if __name__ == "__main__":
    main()
