"""RDF readers and writers against the others that are installed, on the same data in one run:

    bench/rdf/compare.py --program build/release/bin/dossier --data build/release/bench/rdf_data \\
        [--statements 5000000] [--folder DIR] [--repeat 3] [--check] [--tool NAME ...]

Times are CPU seconds (user and system, the least of the repetitions); memory is the peak of the process, and
at least the 17 MB of this script that starts it; ratios are others to dossier. With --check the outputs are compared as sorted lines of N-Triples or
N-Quads without labels of blank nodes, those of Turtle and TriG after dossier has read them again. Peers: serdi and rapper from the
packages serdi and raptor2-utils; pyoxigraph in the Python that runs this; RIOT where the environment's
RIOT says how it is started (riot, or java -cp 'jars/*' riotcmd.riot); N3.js where NODE_PATH has n3."""

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PREFIXES = b"""@prefix e: <http://data.example.org/entity/> .
@prefix st: <http://data.example.org/statement/> .
@prefix s: <http://data.example.org/schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
MEDIA = {"nt": "ntriples", "ttl": "turtle", "nq": "nquads", "trig": "trig"}
OXIGRAPH = """
import sys, pyoxigraph as o
f = {"nt": o.RdfFormat.N_TRIPLES, "ttl": o.RdfFormat.TURTLE, "nq": o.RdfFormat.N_QUADS, "trig": o.RdfFormat.TRIG}
path, source, target = sys.argv[1:4]
statements = o.parse(path=path, format=f[source])
if target == "count":
    print(sum(1 for _ in statements))
else:
    prefixes = {"e": "http://data.example.org/entity/", "st": "http://data.example.org/statement/",
                "s": "http://data.example.org/schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
                "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    if source in ("nt", "ttl"):
        statements = (q.triple for q in statements)
    o.serialize(statements, sys.stdout.buffer, format=f[target], **({"prefixes": prefixes} if target in ("ttl", "trig") else {}))
"""
N3 = """
const n3 = require('n3'), fs = require('fs');
const [path, source, target] = process.argv.slice(1);
const formats = {nt: 'N-Triples', ttl: 'Turtle', nq: 'N-Quads', trig: 'TriG'};
const parser = new n3.StreamParser({format: formats[source]});
fs.createReadStream(path).pipe(parser);
if (target === 'count') {
  let n = 0;
  parser.on('data', () => n++); parser.on('end', () => console.log(n));
} else {
  const prefixes = {e: 'http://data.example.org/entity/', st: 'http://data.example.org/statement/',
                    s: 'http://data.example.org/schema#', xsd: 'http://www.w3.org/2001/XMLSchema#',
                    rdfs: 'http://www.w3.org/2000/01/rdf-schema#'};
  const pretty = target === 'ttl' || target === 'trig';
  const writer = new n3.StreamWriter({format: formats[target], ...(pretty ? {prefixes} : {})});
  parser.on('error', e => { console.error(e.message); process.exit(1); });
  parser.pipe(writer).pipe(process.stdout);
}
"""
# Task: name, source, target.
TASKS = [("count N-Triples", "nt", "count"), ("count N-Triples, shuffled", "shuffled.nt", "count"),
         ("N-Triples to N-Triples", "nt", "nt"), ("N-Triples to Turtle, streaming", "nt", "ttl"),
         ("Turtle to N-Triples", "ttl", "nt"), ("N-Quads to TriG, streaming", "nq", "trig"),
         ("N-Triples to Turtle, sorted and nested", "nt", "pretty"),
         ("shuffled N-Triples to Turtle, sorted and nested", "shuffled.nt", "pretty")]


def commands(tool, path, target, options):
    """How `tool` does the task, or None where it cannot."""
    source = path.suffix[1:]
    if tool.startswith("dossier"):
        threads = ["--threads", tool.partition(" x")[2] or "1"]
        base = [options.program, "convert", path, "--quiet", *threads]
        if target == "count":
            return [*base, "--check"]
        if target == "pretty":
            return [*base, "--to", "turtle", "--mode", "diff-stable", "--prefixes", options.folder / "p.ttl"]
        prefixed = ["--prefixes", options.folder / "p.ttl"] if target in ("ttl", "trig") else []
        return [*base, "--to", MEDIA[target], "--mode", "stream", *prefixed]
    if tool == "serdi" and target in MEDIA:
        return ["serdi", "-i", MEDIA[source], "-o", MEDIA[target], path]
    if tool == "rapper" and source in ("nt", "ttl") and target in ("count", "nt"):
        return ["rapper", "-q", "-i", MEDIA[source], *(["-c"] if target == "count" else ["-o", "ntriples"]), path]
    if tool == "pyoxigraph" and target != "pretty":
        return [sys.executable, "-c", OXIGRAPH, path, source, target]
    if tool == "riot":
        how = {"count": ["--count"], "pretty": ["--formatted=turtle"]}
        return [*shlex.split(os.environ["RIOT"]), "--syntax=" + MEDIA[source],
                *how.get(target, ["--stream=" + MEDIA.get(target, "")]), path]
    if tool == "n3" and target != "pretty":
        return ["node", "-e", N3, path, source, target]
    return None


def tools_here(options):
    found = ["dossier", "dossier x2"]
    found += [each for each in ("serdi", "rapper") if shutil.which(each)]
    if subprocess.run([sys.executable, "-c", "import pyoxigraph"], capture_output=True).returncode == 0:
        found.append("pyoxigraph")
    if os.environ.get("RIOT"):
        found.append("riot")
    if shutil.which("node") and subprocess.run(["node", "-e", "require('n3')"], capture_output=True).returncode == 0:
        found.append("n3")
    return [each for each in found if not options.tool or each.partition(" ")[0] in options.tool]


def measure(command, output):
    """CPU seconds, wall seconds, peak MB; None when it failed."""
    with open(output, "wb") as out, open(os.devnull, "wb") as null:
        start = time.monotonic()
        child = subprocess.Popen([str(each) for each in command], stdout=out, stderr=null)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        return None
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def sorted_digest(path, target, options):
    """Of what the output says: its lines, sorted. dossier reads Turtle and TriG back."""
    lines = path
    if target in ("ttl", "trig", "pretty"):
        lines = options.folder / "back"
        subprocess.run([options.program, "convert", path, "--from", "trig" if target == "trig" else "turtle",
                        "--to", "nquads", "-q", "-o", lines], check=True)
    # N-Triples of other programs escape letters: bring them into one form first. Labels of blank nodes are
    # left off, since some programs make new ones; some write language tags in lower case.
    plain = subprocess.Popen([options.program, "convert", lines, "--from", "nquads", "--to", "nquads", "-q"],
                             stdout=subprocess.PIPE)
    unnamed = subprocess.Popen(["sed", "-E", r's/_:[A-Za-z0-9_.-]*[A-Za-z0-9_-]/_:/g; s/"@([A-Za-z0-9-]+)/"@\L\1/g'], stdin=plain.stdout,
                               stdout=subprocess.PIPE)
    sort = subprocess.Popen(["sort", "-u", "-S", "1G"], stdin=unnamed.stdout, stdout=subprocess.PIPE,
                            env={**os.environ, "LC_ALL": "C", "TMPDIR": str(options.folder)})
    digest = hashlib.file_digest(sort.stdout, "sha256").hexdigest() if hasattr(hashlib, "file_digest") \
        else hashlib.sha256(sort.stdout.read()).hexdigest()
    sort.wait()
    return digest[:12]


def make_data(options):
    for name, extra in (("d.nt", []), ("d.shuffled.nt", ["--order", "shuffled"]), ("d.nq", ["--quads"])):
        with open(options.folder / name, "wb") as out:
            subprocess.run([options.data, "--statements", str(options.statements), *extra], stdout=out, check=True)
    (options.folder / "p.ttl").write_bytes(PREFIXES)
    subprocess.run([options.program, "convert", options.folder / "d.nt", "-o", options.folder / "d.ttl", "--mode",
                    "stream", "--prefixes", options.folder / "p.ttl", "-q"], check=True)


def run_task(name, source, target, tools, options):
    path = options.folder / f"d.{source}"
    print(f"\n{name} ({path.stat().st_size / 1e6:.0f} MB)")
    print(f"  {'':12} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'ratio':>7}  says")
    ours = None
    agreed = None  # what the first of the tools says
    for tool in tools:
        command = commands(tool, path, target, options)
        if command is None:
            continue
        output = options.folder / "out"
        runs = [measure(command, output if options.check else os.devnull) for _ in range(options.repeat)]
        if any(run is None for run in runs):
            print(f"  {tool:12} failed")
            continue
        cpu, wall, peak = (min(run[i] for run in runs) for i in range(3))
        ours = ours or cpu
        says = ""
        if options.check and target != "count" and output.stat().st_size:
            digest = sorted_digest(output, target, options)
            agreed = agreed or digest
            says = digest if digest == agreed else f"{digest} differs"
        print(f"  {tool:12} {cpu:8.2f} {wall:8.2f} {peak:8.0f} {cpu / ours:7.1f}  {says}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--statements", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--tool", action="append")
    options = parser.parse_args()
    options.program = options.program.resolve()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        options.folder = Path(folder)
        make_data(options)
        tools = tools_here(options)
        print(f"{options.statements:,} statements; {', '.join(tools)}; least of {options.repeat}")
        for task in TASKS:
            run_task(*task, tools, options)


if __name__ == "__main__":
    main()
