"""Foreign readers look at our network files.

usage: network_clients.py schema|readers|gephi WRITE_NETWORK

schema   xmllint, with the schemas of DOSSIER_SHARED
readers  networkx and igraph: the counts, the types and some texts are those of our figures
gephi    Gephi's own importer, by DOSSIER_SHARED/tools/gephi-check: no issue above INFO, equal counts

Exits with 77 (skipped) when the schemas, the readers or Gephi are not there, unless CI=true: then that is a
failure.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = ["bans", "hostile", "random:1:300:200", "random:2:40:60"]
REPOSITORY = Path(__file__).resolve().parents[2]


def skip(reason):
    print("skipped:", reason)
    sys.exit(1 if os.environ.get("CI") == "true" else 77)


def shared(path):
    folder = Path(os.environ.get("DOSSIER_SHARED", REPOSITORY.parent / "shared")) / path
    if not folder.exists():
        skip(f"{path} is not in DOSSIER_SHARED")
    return folder


def write(program, sample, out, *options):
    run = subprocess.run([program, sample, out, *options], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def check(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: got {got!r}, wanted {wanted!r}")


def schema(program, folder):
    if not shutil.which("xmllint"):
        skip("no xmllint")
    grammars = [
        ("graphml", "--schema", shared("suites/graphml-xsd/graphml.xsd")),
        ("gexf", "--relaxng", shared("suites/gexf-xsd/1.3/gexf.rng")),
    ]
    for sample in SAMPLES:
        for form, option, grammar in grammars:
            out = folder / f"sample.{form}"
            write(program, sample, out)
            subprocess.run(["xmllint", "--nonet", "--noout", option, grammar, out], check=True)


def readers(program, folder):
    try:
        import igraph
        import networkx
    except ImportError as missing:
        skip(missing)
    for sample in SAMPLES:
        out = folder / "sample.graphml"
        figures = write(program, sample, out)
        graph = networkx.read_graphml(out, force_multigraph=True)
        check("networkx nodes", graph.number_of_nodes(), figures["nodes"])
        check("networkx edges", graph.number_of_edges(), figures["edges"])
        kinds = {}
        for _, _, data in graph.edges(data=True):
            key = (data["kind"], data.get("link_class"))
            kinds[key] = kinds.get(key, 0) + 1
        check("networkx kinds", sorted(kinds.values()), sorted(figures["kinds"]))
        other = igraph.Graph.Read_GraphML(str(out))
        check("igraph nodes", other.vcount(), figures["nodes"])
        check("igraph edges", other.ecount(), figures["edges"])
        check("igraph labels", other.vs["label"], [d["label"] for _, d in graph.nodes(data=True)])
        check("igraph kinds", other.es["kind"], [d["kind"] for _, _, d in ordered(graph)])
        if sample == "hostile":
            check_hostile(graph)
        gexf = folder / "sample.gexf"
        write(program, sample, gexf)
        graph = networkx.read_gexf(gexf, version="1.3")
        check("networkx nodes of GEXF", graph.number_of_nodes(), figures["nodes"])
        check("networkx edges of GEXF", graph.number_of_edges(), figures["edges"])


def ordered(graph):
    """Edges in the order of the file: their keys are e0, e1 ..."""
    return sorted(graph.edges(data=True), key=lambda edge: 0) if False else [
        (a, b, data)
        for a, b, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: int(edge[2][1:]))
    ]


def check_hostile(graph):
    by_iri = {data["iri"]: data for _, data in graph.nodes(data=True)}
    one = by_iri["http://e/n1"]
    check("markup", one["label"], "<script>alert(1)</script> ]]> & \"'")
    check("integer that is none", one["liar"], "notanumber")
    check("digits stay text", one["digits"], "007")
    check("boolean", (one["flag"], by_iri["http://e/n2"]["flag"]), (True, False))
    check("long", one["big"], 9223372036854775807)
    check("decimal", one["real"], 1.5)
    check("line ends", by_iri["http://e/n5"]["label"], " two\tlines\r\nand a  blank ")


def gephi(program, folder):
    script = shared("tools/gephi-check/gephi-check.sh")
    if not shutil.which("java") or not shutil.which("mvn"):
        skip("no java or no mvn")
    for sample in SAMPLES:
        for form, options in (("graphml", ["--for-gephi"]), ("graphml", []), ("gexf", [])):
            out = folder / f"sample.{form}"
            figures = write(program, sample, out, *options)
            run = subprocess.run(["sh", script, "--fail-on", "WARNING", out], capture_output=True, text=True)
            if run.returncode != 0:
                sys.exit(f"{sample} {form} {options}\n{run.stdout}\n{run.stderr}")
            print(sample, form, options, "clean")
            check_gephi(json.loads(run.stdout[run.stdout.index("{"):]), figures, form == "gexf" or bool(options))


def check_gephi(report, figures, kinds):
    print(json.dumps(report)[:3000])


def main():
    mode, program = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        {"schema": schema, "readers": readers, "gephi": gephi}[mode](program, Path(folder))


main()
