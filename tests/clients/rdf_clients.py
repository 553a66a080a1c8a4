"""Foreign readers on what our RDF writers write.

usage: rdf_clients.py rdflib|oxigraph|riot|rdfjs|pyld WRITE_RDF

Every graph of the W3C suites, and seeded random graphs, written by every writer in every mode: the reader must find
the statements of our plain N-Quads, blank nodes up to their labels (by RDFC-1.0 of Oxigraph). Prints how many files of
each syntax and mode were read right. RIOT is found through DOSSIER_JENA, the unpacked folder of Apache Jena; the
parsers of RDF/JS (N3.js for the texts, rdfxml-streaming-parser, jsonld-streaming-parser) through NODE_PATH.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import skipping  # noqa: E402

SYNTAXES = {"nt": "ntriples", "nq": "nquads", "ttl": "turtle", "trig": "trig", "rdf": "rdfxml"}
RANDOM_SEEDS = range(1, 151)
QUADS = {"json-ld/toRdf": "-out.nq", "json-ld/fromRdf": "-in.nq", "rdf-canon/rdfc10": "-in.nq"}
POISON = "test074-in.nq"  # made so that telling its blank nodes apart takes for ever

# A value of JSON-LD with a base direction; "rtl" is a term of a context of write_rdf.
DIRECTED = r'\{(?![^{}]*"@id")[^{}]*"@direction"|"rtl": (["\[]|\{(?!"@id": "ex:p"))'

# Files, by "name\ntext", that a reader is known to read wrongly; they count neither as read nor as failed.
KNOWN = {
    "rdflib": {
        r"(syntax_uri_04|IRI_resolution_07|IRI_with_all_punctuation)_\w+\.\w+\.jsonld":
            "its JSON-LD reader rewrites IRIs with dot segments and punctuation",
        r'\.jsonld\n(.|\n)*"http:g"': "its JSON-LD reader makes http:///g of http:g",
        r"json_ld_toRdf_js1[23]_\w+\.": "its N-Triples reader takes the u behind an escaped backslash for an escape",
    },
    "oxigraph": {},
    "riot": {
        rf"\.jsonld\n(.|\n)*({DIRECTED})": "it drops base directions in JSON-LD",
        r"json_ld_toRdf_(012[2-5]|e092|e11[01])_\w+\.\w+\.(ttl|trig|rdf|jsonld)":
            "it takes dot segments out of absolute IRIs",
        r"context4\.jsonld\n(.|\n)*(%41|Andr%C3%A9)": "its JSON-LD reader decodes relative IRIs with %41 and the like",
        r"rdfc10_test060_in_nq\.\w+\.jsonld": "its JSON-LD reader takes an IRI that ends in U+00A0 for a relative one",
        r"\.rdf\n(.|\n)*its:dir=": "its RDF/XML is that of RDF 1.1",
        r'\.rdf\n(.|\n)*"http:g"': "its RDF/XML reader leaves out statements with http:g",
        r"\.(ttl|trig)\n(.|\n)*<<[^\n]* (true|false) [~)>]":
            "it knows no true and false in triple terms",
    },
    "rdfjs": {
        r"^random(30|66)\.(pretty|stable)\.trig": "N3.js loses the graph of a list that has a triple term",
        r"json_ld_toRdf_012[2-5]_\w+\.\w+\.rdf": "rdfxml-streaming-parser takes dot segments out of absolute IRIs",
        r'\.jsonld\n(.|\n)*"@list"': "jsonld-streaming-parser puts lists of named graphs into the default graph",
    },
    "pyld": {
        r"XMLSchema#double|xsd:double": "it rewrites the digits of xsd:double",
        r'"by": \{[^{}]*"@none": [{\["]': "it takes @none for a value of the index property",
    },
}


def samples(seeds):
    """Lines for write_rdf."""
    for seed in seeds:
        yield f"random{seed} random {seed}"
    suites = skipping.shared_folder() / "suites"
    for manifest in sorted((suites / "rdf-tests").glob("rdf1?/**/manifest.ttl")):
        text = manifest.read_text(encoding="utf-8")
        base = re.search(r"mf:assumedTestBase\s+<([^>]*)>", text)
        negative = set()
        for entry in re.split(r"\n\s*\n", text):
            if "Negative" in entry:
                negative.update(re.findall(r"mf:action\s+<([^>]*)>", entry))
        for action in sorted(set(re.findall(r"mf:action\s+<([^>]*)>", text)) - negative):
            path = manifest.parent / action
            syntax = SYNTAXES.get(path.suffix[1:])
            if syntax is None or not path.is_file():
                continue
            address = base.group(1) + action if base else path.as_uri()
            name = re.sub(r"\W", "_", str(path.relative_to(suites / "rdf-tests")))
            yield f"{name} {syntax} {address} {path}"
    for folder, ending in QUADS.items():
        for path in sorted((suites / folder).glob("*" + ending)):
            if path.name == POISON or re.search(r"^\S+ _:", path.read_text(encoding="utf-8"), re.M):
                continue  # a blank node as predicate is no RDF
            yield f"{re.sub(r'[^A-Za-z0-9]', '_', str(path.relative_to(suites)))} nquads {path.as_uri()} {path}"


def write_all(program, folder, seeds=()):
    run = subprocess.run([program, folder], input="\n".join(samples(seeds)) + "\n", capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stderr)
    for line in run.stdout.splitlines():
        name, graphs, triples = line.split()
        yield name, graphs == "1", triples == "1"


def import_oxigraph():
    if not skipping.use_oracles("pyoxigraph"):
        skipping.skip("no pyoxigraph")
    import pyoxigraph

    return pyoxigraph


class Canonical:
    """Datasets by RDFC-1.0 of Oxigraph."""

    def __init__(self):
        self.ox = import_oxigraph()

    def of(self, quads):
        dataset = self.ox.Dataset(quads)
        dataset.canonicalize(self.ox.CanonicalizationAlgorithm.RDFC_1_0)
        return set(dataset)

    def of_text(self, text):
        return self.of(self.ox.parse(text, format=self.ox.RdfFormat.N_QUADS))

    def of_file(self, path):
        return self.of(self.ox.parse(path=str(path), format=self.ox.RdfFormat.N_QUADS))


def oxigraph(program, folder):
    canonical = Canonical()
    rdf = canonical.ox.RdfFormat
    formats = {"nt": rdf.N_TRIPLES, "nq": rdf.N_QUADS, "ttl": rdf.TURTLE, "trig": rdf.TRIG, "rdf": rdf.RDF_XML,
               "jsonld": rdf.JSON_LD}

    def read(path):
        return canonical.of(canonical.ox.parse(path=str(path), format=formats[path.suffix[1:]]))

    for name, _graphs, _triples in write_all(program, folder, RANDOM_SEEDS):
        wanted = canonical.of_file(folder / f"{name}.nq")
        for path in sorted(folder.glob(f"{name}.*.*")):
            yield path, lambda path=path, wanted=wanted: read(path) == wanted


def rdflib(program, folder):
    try:
        import rdflib
        from rdflib.compare import isomorphic
    except ImportError:
        skipping.skip("no rdflib")
    import logging

    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    formats = {"nt": "nt", "ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}

    def read(path, syntax):
        return rdflib.Graph().parse(str(path), format=syntax)

    beyond = 0
    for name, graphs, triples in write_all(program, folder):
        if graphs or triples:
            continue  # rdflib compares single graphs and knows no RDF 1.2
        try:
            wanted = read(folder / f"{name}.nq", "nt")
        except Exception:  # blank labels beyond ASCII and other limits of its N-Triples reader
            beyond += 1
            continue
        for path in sorted(folder.glob(f"{name}.*.*")):
            syntax = formats.get(path.suffix[1:])
            if syntax is not None and ".context" not in path.name:
                yield path, lambda path=path, syntax=syntax, wanted=wanted: isomorphic(read(path, syntax), wanted)
    print(f"rdflib cannot read the plain N-Triples of {beyond} graphs")


def riot(program, folder):
    """One process for all files: between two of them stands a file that says which one ends."""
    jena = os.environ.get("DOSSIER_JENA")
    if not jena or not shutil.which("java"):
        print("skipped: no java, or DOSSIER_JENA names no folder of Apache Jena")
        sys.exit(skipping.SKIPPED)
    canonical = Canonical()
    wanted, paths = {}, []
    for name, _graphs, triples in write_all(program, folder, RANDOM_SEEDS):
        wanted[name] = canonical.of_file(folder / f"{name}.nq")
        for path in sorted(folder.glob(f"{name}.*.*")):
            if not (triples and path.suffix == ".rdf"):  # its RDF/XML is that of RDF 1.1
                paths.append((name, path))
    arguments = []
    for number, (_name, path) in enumerate(paths):
        (folder / f"end{number}.nt").write_text(f"<urn:x-end:{number}> <urn:x-end> <urn:x-end> .\n")
        arguments += [path.name, f"end{number}.nt"]
    # A command line has no room for so many names; a file of arguments has.
    # Its warnings go to the output unless told otherwise, into the middle of a line.
    (folder / "log4j2.properties").write_text("rootLogger.level = off\n")
    (folder / "arguments").write_text(
        f'-Dlog4j2.configurationFile=log4j2.properties -cp "{jena}/lib/*" riotcmd.riot --output=nquads\n'
        + "\n".join(arguments))
    run = subprocess.run(["java", "@arguments"], cwd=folder, capture_output=True)
    texts, lines = {}, []
    for line in run.stdout.decode().split("\n"):  # not splitlines: literals hold other line ends as they are
        end = re.match(r"<urn:x-end:(\d+)>", line)
        if end:
            texts[int(end.group(1))] = "\n".join(lines)
            lines = []
        else:
            lines.append(line)
    for number, (name, path) in enumerate(paths):
        yield path, lambda number=number, name=name: canonical.of_text(texts[number]) == wanted[name]


def rdfjs(program, folder):
    import json

    if not os.environ.get("NODE_PATH") or not shutil.which("node"):
        print("skipped: no node, or NODE_PATH names no folder with n3")
        sys.exit(skipping.SKIPPED)
    canonical = Canonical()
    wanted, paths = {}, []
    for name, _graphs, _triples in write_all(program, folder, RANDOM_SEEDS):
        wanted[name] = canonical.of_file(folder / f"{name}.nq")
        for path in sorted(folder.glob(f"{name}.*.*")):
            # Of JSON-LD only what other readers leave out.
            if path.suffix != ".jsonld" or re.search(DIRECTED, path.read_text(encoding="utf-8")):
                paths.append((name, path))
    reader = Path(__file__).resolve().parent / "rdfjs_reader.js"
    run = subprocess.run(["node", str(reader)], input="\n".join(str(path) for _name, path in paths) + "\n",
                         capture_output=True, text=True)
    answers = run.stdout.split("\n")  # not splitlines: texts hold other line ends as they are

    def check(name, answer):
        told = json.loads(answer)
        if "error" in told:
            raise ValueError(told["error"])
        return canonical.of_text(told["quads"]) == wanted[name]

    for (name, path), answer in zip(paths, answers):
        yield path, lambda name=name, answer=answer: check(name, answer)


def pyld(program, folder):
    canonical = Canonical()
    if not skipping.use_oracles("pyld"):
        skipping.skip("no pyld")
    import json

    from pyld import jsonld

    def read(path):
        document = json.loads(path.read_text(encoding="utf-8"))
        return canonical.of_text(jsonld.to_rdf(document, {"format": "application/n-quads", "base": ""}))

    for name, _graphs, _triples in write_all(program, folder, RANDOM_SEEDS):
        wanted = canonical.of_file(folder / f"{name}.nq")
        for path in sorted(folder.glob(f"{name}.*.jsonld")):
            yield path, lambda path=path, wanted=wanted: read(path) == wanted


def main():
    client, program = sys.argv[1:]
    run, passed, known = Counter(), Counter(), Counter()
    shown = 0
    with tempfile.TemporaryDirectory() as folder:
        checks = {"rdflib": rdflib, "oxigraph": oxigraph, "riot": riot, "rdfjs": rdfjs, "pyld": pyld}[client]
        for path, check in checks(program, Path(folder)):
            text = path.read_text(encoding="utf-8")
            reason = next((why for known_by, why in KNOWN[client].items()
                           if re.search(known_by, f"{path.name}\n{text}")), None)
            if reason:
                known[reason] += 1
                continue
            row = tuple(reversed(path.name.split(".")[-2:]))  # syntax, mode
            run[row] += 1
            try:
                problem = None if check() else "other statements"
            except Exception as error:  # whatever a reader raises
                problem = f"{type(error).__name__}: {error}"
            if problem is None:
                passed[row] += 1
                continue
            shown += 1
            print(f"{path.name}: {problem}")
            if shown <= 3:
                print(text[:2000])
    for reason, count in known.items():
        print(f"left out: {count} files, {reason}")
    for row in sorted(run):
        print(f"{client} {row[0]:7} {row[1]:9} {passed[row]} of {run[row]}")
    print(f"{client}: {passed.total()} of {run.total()} files read back")
    sys.exit(1 if passed != run or not run else 0)


if __name__ == "__main__":
    main()
