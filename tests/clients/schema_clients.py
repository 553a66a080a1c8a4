"""What the owners of schema languages make of a schema, against what dossier makes of it. Run by hand, in a Python that has
the packages; without them each part is skipped, and says so.

usage: schema_clients.py DOSSIER [SCHEMA.yaml[=DATA] ...]

linkml: gen-json-schema, gen-shacl, gen-jsonld-context on tests/schemas/library.yaml and on every SCHEMA: the same keys, types
    and required ones; documents made from DATA by one change each are taken or refused alike; the same terms.
shacl: planted faults found by pySHACL with the shapes that dossier writes, and with those that linkml writes.
jsonld: pyld makes statements of a document by the context; dossier finds nothing wrong with them.
ftm: every schema of the followthemoney package: parents, properties, types, required ones, edges, reverses.
"""

import copy
import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
FAILED = []
FTM = "https://schema.followthemoney.tech/#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DM = "https://w3id.org/dossier/meta#"


KNOWN = {  # differences that are meant
    r"personinfo.yaml: (Familial|InterPersonal)Relationship: required":
        "its slot_usage names \"related to\", which linkml 1.12 no longer takes for the slot related_to",
}


def check(what, found, wanted):
    for pattern, why in KNOWN.items():
        if found != wanted and re.match(pattern, what):
            print(f"known: {what}: {why}")
            return True
    if found != wanted:
        FAILED.append(what)
        print(f"FAILED {what}:\n  found  {str(found)[:800]}\n  wanted {str(wanted)[:800]}")
    return found == wanted


def dossier(*arguments, codes=(0,)):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in codes:
        sys.exit(f"dossier {arguments}: {done.returncode}\n{done.stderr}")
    return done.stdout


def skipped(part, error):
    print(f"skipped: {part}: {error}")


# ---- linkml

def plain_type(schema, definitions):
    """What a property may hold, without null: a sorted list of words."""
    if "$ref" in schema:
        return [schema["$ref"].rsplit("/", 1)[-1]]
    words = set()
    for key in ("anyOf", "oneOf"):
        for each in schema.get(key, []):
            words.update(plain_type(each, definitions))
    types = schema.get("type", [])
    for each in types if isinstance(types, list) else [types]:
        if each == "array":
            words.update("array of " + inner for inner in plain_type(schema.get("items", {}), definitions) or ["anything"])
        elif each == "object" and "additionalProperties" in schema:
            words.update("map of " + inner for inner in plain_type(schema["additionalProperties"], definitions))
        else:
            words.add(each + (":" + schema["format"] if schema.get("format") else ""))
    return sorted(words - {"null"})


def changes(document, path=()):
    """The document with one change each, and what it is."""
    def put(change):
        made = copy.deepcopy(document)
        at = made
        for step in path[:-1]:
            at = at[step]
        if path:
            change(at, path[-1])
            return made
        return None
    value = document
    for step in path:
        value = value[step]
    for other in ("text", 7, -1, 1.5, True, None, [], {}, ["text"], "2020-01-01"):
        yield f"{path} = {other!r}", put(lambda at, key, other=other: at.__setitem__(key, other))
    yield f"{path} removed", put(lambda at, key: at.pop(key))
    if isinstance(value, dict):
        yield f"{path} + unknown", put(lambda at, key: at[key].__setitem__("unknown_key", 1))
        for key in value:
            yield from changes(document, (*path, key))
    elif isinstance(value, list):
        yield f"{path} twice", put(lambda at, key: at[key].extend(copy.deepcopy(at[key])))
        for i in range(len(value)):
            yield from changes(document, (*path, i))


def linkml_part(schema, data):
    import jsonschema
    from linkml.generators.jsonldcontextgen import ContextGenerator
    from linkml.generators.jsonschemagen import JsonSchemaGenerator
    theirs = json.loads(JsonSchemaGenerator(str(schema), mergeimports=True, include_range_class_descendants=True).serialize())
    ours = json.loads(dossier("model", schema, "--to", "json-schema"))
    jsonschema.validators.validator_for(ours).check_schema(ours)
    name = schema.name
    compared = 0
    for cls, definition in theirs["$defs"].items():
        if "properties" not in definition and "enum" not in definition:
            continue
        mine = ours["$defs"].get(cls)
        if not check(f"{name}: {cls} is there", mine is not None, True):
            continue
        check(f"{name}: {cls}: values", mine.get("enum"), definition.get("enum"))
        check(f"{name}: {cls}: keys", sorted(mine.get("properties", {})), sorted(definition.get("properties", {})))
        check(f"{name}: {cls}: required", sorted(mine.get("required", [])), sorted(definition.get("required", [])))
        for key, prop in definition.get("properties", {}).items():
            compared += 1
            check(f"{name}: {cls}.{key}: type", plain_type(mine.get("properties", {}).get(key, {}), ours["$defs"]),
                  plain_type(prop, theirs["$defs"]))
            for word in ("pattern", "minimum", "maximum"):
                check(f"{name}: {cls}.{key}: {word}", mine.get("properties", {}).get(key, {}).get(word), prop.get(word))
    print(f"{name}: {len(theirs['$defs'])} definitions, {compared} properties compared with linkml {version('linkml')}")
    if data:
        form = jsonschema.FormatChecker()
        validators = [jsonschema.Draft201909Validator(s, format_checker=form) for s in (theirs, ours)]
        counts = [0, 0]
        for what, document in [("as it is", data), *changes(data)]:
            if document is None:
                continue
            verdicts = [v.is_valid(document) for v in validators]
            counts[verdicts[0]] += 1
            check(f"{name}: document, {what}: taken by ours", verdicts[1], verdicts[0])
        print(f"{name}: {counts[1]} documents taken, {counts[0]} refused")
    context = json.loads(ContextGenerator(str(schema), mergeimports=True).serialize())["@context"]
    mine = json.loads(dossier("model", schema, "--to", "jsonld-context"))["@context"]

    def expand(context, iri):
        if ":" not in iri:
            return context.get("@vocab", "") + iri
        prefix, colon, local = iri.partition(":")
        full = context.get(prefix)
        full = full.get("@id") if isinstance(full, dict) else full
        return full + local if colon and isinstance(full, str) and not local.startswith("//") else iri

    terms = 0
    for term, theirs_of in context.items():
        theirs_id = theirs_of.get("@id") if isinstance(theirs_of, dict) else None
        if not theirs_id or term not in mine or not isinstance(mine[term], dict) or "@prefix" in theirs_of:
            continue
        terms += 1
        check(f"{name}: context: {term}", expand(mine, mine[term]["@id"]), expand(context, theirs_id))
    print(f"{name}: {terms} terms of the context compared")


# ---- shacl

def shacl_part():
    import pyshacl
    import rdflib
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    schema, faults = SCHEMAS / "library.yaml", SCHEMAS / "library-faults.ttl"
    found = json.loads(dossier("validate", faults, "--ontology", schema, "--json", codes=(0, 1)))["findings"]
    ours = {(f["focus"].rsplit("/", 1)[-1], f["path"].rsplit("/", 1)[-1].rsplit(":", 1)[-1]) for f in found
            if f["severity"] == "violation"}

    def by_pyshacl(shapes):
        ontology = rdflib.Graph().parse(data=dossier("model", schema, "--to", "owl"), format="turtle")
        _, report, _ = pyshacl.validate(str(faults), data_graph_format="turtle", shacl_graph=shapes, ont_graph=ontology)
        out = set()
        for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
            if (result, sh.resultSeverity, sh.Violation) in report and not list(report.subjects(sh.detail, result)):
                path = report.value(result, sh.resultPath)
                out.add((str(report.value(result, sh.focusNode)).rsplit("/", 1)[-1], str(path).rsplit("/", 1)[-1]))
        return out

    shapes = rdflib.Graph().parse(data=dossier("model", schema, "--to", "shacl"), format="turtle")
    check("faults: pySHACL with our shapes, and our validator with the schema", sorted(by_pyshacl(shapes)), sorted(ours))
    print(f"library-faults.ttl: {len(ours)} faults by pySHACL {version('pyshacl')}")
    try:
        from linkml.generators.shaclgen import ShaclGenerator
    except ImportError as error:
        return skipped("shapes of linkml", error)
    theirs = rdflib.Graph().parse(data=ShaclGenerator(str(schema), mergeimports=True).serialize(), format="turtle")
    check("faults: pySHACL with linkml's shapes",
          sorted({f for f, _ in by_pyshacl(theirs)} & {f for f, _ in ours}), sorted({f for f, _ in ours}))


# ---- jsonld

def jsonld_part():
    from pyld import jsonld
    schema = SCHEMAS / "library.yaml"
    data = json.loads((SCHEMAS / "library-data.json").read_text())
    context = json.loads(dossier("model", schema, "--to", "jsonld-context"))["@context"]
    context["e"] = "https://example.org/data/"
    types = {"items": "Book", "loans": "Loan", "maps": "Map"}
    for key, cls in types.items():
        for each in data[key]:
            each["type"] = cls
    for each in data["people"].values():
        each["type"] = "Person"
    document = {"@context": context, "type": "Library", **data}
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "library.nq"
        graph.write_text(quads)
        dossier("validate", graph, "--ontology", schema)
    print(f"library-data.json: {len(quads.splitlines())} statements by pyld {version('pyld')}, nothing wrong with them")


# ---- followthemoney

def ftm_part():
    import followthemoney
    import rdflib
    from followthemoney import model
    folder = Path(followthemoney.__file__).parent / "schema"
    graph = rdflib.Graph()
    files = sorted(folder.glob("*.y*ml"))
    graph.parse(data=dossier("model", *files, "--to", "owl"), format="turtle")
    graph.parse(data=dossier("model", *files, "--to", "shacl"), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    dm = rdflib.Namespace(DM)
    ref = rdflib.URIRef

    def names(values):
        return sorted(str(v).removeprefix(FTM) for v in values)

    properties = 0
    for schema in model:
        cls = ref(FTM + schema.name)
        check(f"{schema.name}: parents", names(o for o in graph.objects(cls, rdflib.RDFS.subClassOf) if isinstance(o, ref)),
              sorted(s.name for s in schema.extends))
        own = [p for p in schema.properties.values() if p.schema == schema]
        check(f"{schema.name}: properties", set(names(p.qname for p in own)) - set(names(graph.subjects(rdflib.RDFS.domain, cls))), set())
        mine = {n for n in names(graph.subjects(rdflib.RDFS.domain, cls)) if n.startswith(schema.name + ":")}
        direct = names(graph.objects(cls, dm.directPredicate))
        check(f"{schema.name}: no other properties", sorted(mine - {p.qname for p in own} - set(direct)), [])
        check(f"{schema.name}: abstract", (cls, dm.abstract, None) in graph, schema.abstract)
        required = {str(graph.value(shape, sh.path)).rsplit(":", 1)[-1] for shape in graph.objects(cls, sh.property)
                    if (shape, sh.minCount, None) in graph}
        check(f"{schema.name}: required", sorted(required), sorted(schema.required))
        check(f"{schema.name}: edge", (cls, rdflib.RDF.type, dm.LinkClass) in graph, schema.edge)
        if schema.edge:
            check(f"{schema.name}: ends", names([graph.value(cls, dm.sourceEnd), graph.value(cls, dm.targetEnd)]),
                  sorted([schema.source_prop.qname, schema.target_prop.qname]))
            check(f"{schema.name}: directed", (cls, dm.symmetric, None) not in graph, schema.edge_directed)
        for prop in own:
            properties += 1
            iri = ref(FTM + prop.qname)
            check(f"{prop.qname}: label", str(graph.value(iri, rdflib.RDFS.label)), prop.label)
            if prop.range is not None:
                check(f"{prop.qname}: range", names([graph.value(iri, rdflib.RDFS.range)]), [prop.range.name])
            if prop.reverse is not None:
                check(f"{prop.qname}: reverse", prop.reverse.qname in names(
                    [*graph.objects(iri, rdflib.OWL.inverseOf), *graph.subjects(rdflib.OWL.inverseOf, iri)]), True)
    print(f"{len(list(model))} schemata, {properties} properties compared with followthemoney {version('followthemoney')}")


def main():
    schemas = [(SCHEMAS / "library.yaml", json.loads((SCHEMAS / "library-data.json").read_text()))]
    for each in sys.argv[2:]:
        name, _, data = each.partition("=")
        import yaml
        schemas.append((Path(name), yaml.safe_load(Path(data).read_text()) if data else None))
    for schema, data in schemas:
        try:
            linkml_part(schema, data)
        except ImportError as error:
            skipped(f"linkml on {schema.name}", error)
    for part in (shacl_part, jsonld_part, ftm_part):
        try:
            part()
        except ImportError as error:
            skipped(part.__name__, error)
    print(f"{len(FAILED)} failed")
    sys.exit(1 if FAILED else 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = sys.argv[1]
    main()
