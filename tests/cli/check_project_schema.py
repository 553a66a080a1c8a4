#!/usr/bin/env python3
"""The JSON Schema of project files and the parser agree: on the good files that there are, and on every
file made from a full one by one mistake."""

import copy
import json

import yaml

from program_test import Check
from skipping import ROOT, skip

try:
    import jsonschema
except ImportError:
    skip("python3-jsonschema is not installed")

FULL = {
    "dossier": 1, "name": "small", "title": "Small", "base": "http://e/",
    "prefixes": {"e": "http://e/"},
    "sources": [{"path": "t.csv", "title": "T", "url": "http://e/t", "asserted_by": "e:me",
                 "retrieved_at": "2024", "licence": "CC0"}],
    "source_root": "data", "copies": {"http://e/t.csv": "t.csv"}, "allow_network": False, "allow_empty_joins": False,
    "mappings": [], "data": [], "ontology": {"domain": True, "files": [], "catalogue": {"http://e/o": "o.ttl"}},
    "shapes": [], "identity": [], "checks": {"classes": {"e:C": {"min": 0, "max": 9}}},
    "exports": [{"path": "out/g.ttl", "format": "turtle", "prefixes": {"x": "http://x/"},
                 "mode": "pretty"},
                {"path": "out/g.graphml", "links": "both", "for": "gephi"}],
    "reports": ["out/r.json"], "ledger": "out/l.json", "limits": {"max-columns": 10, "max-depth": "1M"},
}


def places(value, path=()):
    """The path of every value in a document."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def changed(path, change):
    document = copy.deepcopy(FULL)
    *above, last = path
    holder = document
    for key in above:
        holder = holder[key]
    change(holder, last)
    return document


def mistakes():
    """Documents with one thing changed, by what was changed."""
    for path in places(FULL):
        if not path:
            continue
        name = ".".join(str(p) for p in path)
        for label, wrong in (("a list", ["x"]), ("a mapping", {"x": 1}), ("true", True), ("-1", -1),
                             ("3", 3), ("a text", "some text"), ("nothing", None), ("empty", "")):
            yield f"{name} is {label}", changed(path, lambda h, k, w=wrong: h.__setitem__(k, w))
        if isinstance(path[-1], str):
            yield f"{name} is missing", changed(path, lambda h, k: h.pop(k))
            yield f"{name} is misspelt", changed(path, lambda h, k: h.__setitem__(k + "x", h.pop(k)))


# What a schema cannot say (is this prefix declared? does the name tell the format?) or says of values
# that the parser takes as they are.
BEYOND_THE_SCHEMA = (
    "prefixes is missing", "prefixes is misspelt", "prefixes.e is missing", "prefixes.e is misspelt",
    "exports.0.format", "exports.0.path", "exports.1.path", "checks.classes.e:C is misspelt",
    "exports.1.links is missing", "base is a text",
)


def main():
    check = Check(__doc__)
    schema = json.loads((ROOT / "cli" / "project.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    for path in [*ROOT.glob("data/*/dossier.yaml"), *ROOT.glob("tests/projects/*/dossier.yaml"),
                 ROOT / "cli/template/dossier.yaml"]:
        errors = [e.message for e in validator.iter_errors(yaml.safe_load(path.read_text()))]
        check.equal(f"{path.relative_to(ROOT)} by the schema", errors, [])

    def parser_takes(document):
        (check.folder / "dossier.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
        done = check.run("validate", "--quiet", "--fail-on", "never")
        wrong_file = any(f"[E060{n}]" in done.err for n in (2, 3, 4, 5))
        check.true(f"a refusal without a place: {done.err}", not wrong_file or "dossier.yaml:" in done.err)
        return not wrong_file

    check.true("the full file is refused", parser_takes(FULL) and validator.is_valid(FULL))
    for what, document in mistakes():
        if what.startswith(BEYOND_THE_SCHEMA):
            continue
        taken, valid = parser_takes(document), validator.is_valid(document)
        check.true(f"{what}: the parser says {taken}, the schema says {valid}", taken == valid)
    named = set(schema["properties"]["limits"]["propertyNames"]["enum"])
    listed = check.run("stats", "--limit", "none=1", "x.nt").err
    check.equal("limits of the program and the schema",
                set(listed.split("limits are ")[-1].strip().split(", ")), named)
    check.end()


if __name__ == "__main__":
    main()
