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
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

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
        graphml, gexf = folder / "sample.graphml", folder / "sample.gexf"
        figures = write(program, sample, graphml)
        graph = networkx.read_graphml(graphml, force_multigraph=True)
        check("networkx nodes", graph.number_of_nodes(), figures["nodes"])
        check("networkx edges", graph.number_of_edges(), figures["edges"])
        edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: int(edge[2][1:]))
        kinds = Counter((data.get("predicate"), data.get("link_class")) for _, _, _, data in edges)
        check("networkx kinds", sorted(kinds.values()), sorted(figures["kinds"]))
        other = igraph.Graph.Read_GraphML(str(graphml))
        check("igraph nodes", other.vcount(), figures["nodes"])
        check("igraph edges", other.ecount(), figures["edges"])
        check("igraph ids", other.vs["id"], list(graph.nodes))
        check("igraph labels", other.vs["label"], [data["label"] for _, data in graph.nodes(data=True)])
        check("igraph kinds", other.es["kind"], [data["kind"] for _, _, _, data in edges])
        if sample == "hostile":
            check_hostile(graph)
        write(program, sample, gexf)
        graph = read_gexf(networkx, gexf)
        check("networkx nodes of GEXF", graph.number_of_nodes(), figures["nodes"])
        check("networkx edges of GEXF", graph.number_of_edges(), figures["edges"])


def read_gexf(networkx, path):
    """networkx 2 knows GEXF up to 1.2 and takes 1.3 under that name; networkx 3 may know 1.3."""
    try:
        return networkx.read_gexf(path, version="1.3")
    except (networkx.NetworkXError, KeyError):
        old = path.with_suffix(".old.gexf")
        old.write_text(path.read_text().replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft"))
        return networkx.read_gexf(old, version="1.2draft")


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
    gephi_tables(program, script, folder)
    for sample in SAMPLES:
        for form, options in (("graphml", ["--for-gephi"]), ("graphml", []), ("gexf", [])):
            out = folder / f"sample.{form}"
            figures = write(program, sample, out, *options)
            report = gephi_report(script, out)
            seen = report["graph"]
            what = f"Gephi, {sample}, {form} {' '.join(options)}"
            check(what + ": nodes", seen["nodes"], figures["nodes"])
            check(what + ": edges", seen["edges"], figures["edges"])
            check(what + ": labels", report["parsed"]["nodesWithLabel"], figures["nodes"])
            if form == "gexf" or options:
                check(what + ": kinds", seen["edgeKinds"], kinds_in(out))
                check(what + ": colours", sum(report["parsed"]["nodeColours"].values()), figures["nodes"])
            if form == "gexf":
                intervals = [c["filled"] for c in seen["edgeColumns"] if c["id"] == "timeset"]
                check(what + ": intervals", intervals, [figures["intervals"]])


def gephi_tables(program, script, folder):
    """Not the random graphs: from their first rows Gephi guesses numbers, and refuses the texts that follow."""
    for sample in ["bans", "hostile"]:
        for table in ("nodes", "edges"):
            out = folder / f"{table}.csv"
            figures = write(program, sample, out, "--for-gephi")
            seen = gephi_report(script, out)["graph"]
            check(f"Gephi, {sample}, {table}.csv", seen[table], figures[table])
            if table == "edges":
                check(f"Gephi, {sample}, kinds", sum(seen["edgeKinds"].values()), figures["edges"])


def gephi_report(script, path):
    """One issue above INFO is one too many."""
    run = subprocess.run(["sh", script, "--fail-on", "WARNING", path], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{path.name}\n{run.stdout}\n{run.stderr}")
    return json.loads(run.stdout[run.stdout.index("{") :])


def kinds_in(path):
    root = ElementTree.parse(path).getroot()
    attribute = "kind" if path.suffix == ".gexf" else "label"
    return dict(Counter(e.get(attribute) for e in root.iter() if e.tag.endswith("}edge")))


def main():
    mode, program = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        {"schema": schema, "readers": readers, "gephi": gephi}[mode](program, Path(folder))


main()
