#!/usr/bin/env python3
"""Every verb does on small data what its help says."""

import json
import shutil

from program_test import PROJECT, Check, leftovers

TURTLE = b"@prefix e: <http://e/> .\ne:a a e:C ; e:p e:b , \"x\"@en .\ne:b e:p e:a .\n"


def help_and_version(check):
    check.expect(0, "--version", out="dossier 0.")
    top = check.expect(0, "--help", out=["Verbs:", "build", "Exit codes"])
    for line in top.out.decode().split("Verbs:")[1].splitlines():
        if line.startswith("  "):
            check.expect(0, line.split()[0], "--help", out=["Examples:", "--quiet"])
    check.expect(64)
    check.expect(64, "biuld", says="did you mean: dossier build")
    check.expect(64, "dedupe", says="there is no verb")
    check.expect(64, "build", "--thread", "2", says="did you mean --threads?")
    check.expect(64, "build", "a", "b", says="unexpected argument")
    check.expect(64, "convert", says="required")
    check.expect(64, "build", "--fail-on", "violatoin", says="did you mean violation?")
    check.expect(64, "build", "--threads", "two", says="whole number")
    check.expect(64, "stats", "--limit", "max-colums=3", "x.nt", says="did you mean max-columns?")


def init_and_build(check):
    check.expect(0, "init", "mine", says="dossier build mine")
    check.expect(2, "init", "mine", says="E0003")
    done = check.expect(0, "build", "mine", out=["no findings", "statements in the graph"])
    check.true("a word of trouble in the build of the template: " + done.err, "E0" not in done.err)
    result = json.loads(check.expect(0, "build", "mine", "--json").out)
    check.equal("inferred in the template", result["statements"]["inferred"], 2)
    check.equal("files of the template", sorted(p.name for p in (check.folder / "mine/out").iterdir()),
                ["graph.graphml", "graph.nt", "graph.ttl"])
    check.expect(0, "build", cwd=check.folder / "mine/out", out="My first graph")
    shutil.copytree(PROJECT, check.folder / "bans")
    shutil.rmtree(check.folder / "bans/out", ignore_errors=True)
    result = json.loads(check.expect(0, "build", "bans", "--json").out)
    check.equal("findings of the app bans", result["findings"],
                {"violations": 0, "warnings": 0, "infos": 0})
    check.equal("left behind", leftovers(check.folder), [])
    quiet = check.expect(0, "build", "bans", "--quiet")
    check.equal("what --quiet says", (quiet.out, quiet.err), (b"", ""))


def maps(check):
    mapping = "mine/mapping.yarrrml.yaml"
    look = check.expect(0, "map", mapping, "--test", "1")
    check.true("the look begins with the first source", look.out.startswith(b"sources.csv:2\n  "))
    check.true("a cell beside a statement: " + look.out.decode(), b" | source\n" in look.out)
    check.true("the look has one record a source", b"widgets" not in look.out)
    done = check.expect(0, "map", mapping, "-o", "m.nt", says="statements produced")
    check.equal("lines of the map", len((check.folder / "m.nt").read_bytes().splitlines()), 25)
    check.equal("--no-ledger", check.expect(0, "map", mapping, "-o", "m.nt", "--no-ledger").err, "")
    to_stdout = check.expect(0, "map", mapping, "--to", "ntriples", "--quiet")
    check.equal("the same on stdout", to_stdout.out, (check.folder / "m.nt").read_bytes())
    ledger = json.loads(check.expect(0, "map", mapping, "-o", "m.nt", "--json").out)
    check.equal("records of the map", ledger["records"]["read"], 8)
    check.expect(64, "map", mapping, "-o", "m.ttl", says="line format")
    check.write("twice.yarrrml.yaml", 'prefixes: {e: "http://e/"}\nmappings:\n  m:\n'
                '    sources: [[twice.csv~csv]]\n    s: e:$(id)\n    po: [[a, e:C]]\n')
    check.write("twice.csv", "id\n1\n1\n2\n")
    check.expect(0, "map", "twice.yarrrml.yaml", "-o", "t.nt")
    check.equal("without duplicates", len((check.folder / "t.nt").read_bytes().splitlines()), 2)
    check.expect(0, "map", "twice.yarrrml.yaml", "-o", "t.nt", "--keep-duplicates")
    check.equal("with duplicates", len((check.folder / "t.nt").read_bytes().splitlines()), 3)
    del done


def converts(check):
    check.write("a.ttl", TURTLE)
    check.expect(0, "convert", "a.ttl", "-o", "a.nt", says="4 statements read")
    check.expect(0, "convert", "a.nt", "-o", "b.ttl")
    check.expect(0, "convert", "b.ttl", "-o", "b.nt")
    lines = [sorted((check.folder / f"{n}.nt").read_bytes().splitlines()) for n in "ab"]
    check.equal("there and back", lines[0], lines[1])
    stdin = check.expect(0, "convert", "-", "--from", "turtle", "--to", "ntriples", stdin=TURTLE)
    check.equal("from stdin to stdout", sorted(stdin.out.splitlines()), lines[0])
    check.expect(0, "convert", "a.nt", "-o", "a.nt.gz")
    check.expect(0, "convert", "a.nt.gz", "-o", "c.nt")
    check.equal("packed and unpacked", (check.folder / "c.nt").read_bytes(),
                (check.folder / "a.nt").read_bytes())
    canonical = check.expect(0, "convert", "a.nt", "--to", "ntriples", "--mode", "canonical").out
    check.equal("canonical lines are sorted", canonical.splitlines(), sorted(canonical.splitlines()))
    check.write("p.ttl", b"@prefix longer: <http://e/> .\n")
    prefixed = check.expect(0, "convert", "a.ttl", "--to", "turtle", "--prefixes", "p.ttl")
    check.true("prefixes of another file", b"longer:a" in prefixed.out)
    counts = json.loads(check.expect(0, "convert", "a.ttl", "a.ttl", "-o", "d.ttl", "--json").out)
    ledger = counts.pop("ledger")
    check.equal("counts", counts, {"read": 8, "errors": 0, "left_out": 0, "changed": 0,
                                   "duplicates": 4, "written": 4})
    check.equal("the ledger has them", ledger["statements"]["duplicates"], 4)
    check.write("relative.ttl", b"<a> <http://e/p> <b> .\n")
    check.expect(2, "convert", "relative.ttl", "--to", "ntriples", says=["E0101", "relative.ttl:1:"])
    based = check.expect(0, "convert", "relative.ttl", "--to", "ntriples", "--base", "http://b/")
    check.equal("a base", based.out, b"<http://b/a> <http://e/p> <http://b/b> .\n")
    check.expect(64, "convert", "a.ttl", "--to", "turtle", "--json", says="stdout holds")
    check.expect(64, "convert", "a.ttl", "--to", "turtel", says="did you mean turtle?")
    check.expect(2, "convert", "a.ttl", "-o", "a.graphml", says="dossier export")
    check.expect(2, "convert", "-", "--to", "ntriples", stdin=b"", says="E0010")


def compacts(check):
    address = "http://example.org/terms.jsonld"
    check.write("terms.jsonld", b'{"@context": {"@vocab": "http://e/", "p": {"@type": "@id"}, "en": '
                b'{"@id": "http://e/p", "@language": "en"}}}')
    check.expect(0, "convert", "a.ttl", "-o", "c.jsonld", "--context", "terms.jsonld")
    text = (check.folder / "c.jsonld").read_text()
    check.true("terms of the context", '"p": "http://e/b"' in text and '"en": "x"' in text)
    check.expect(0, "equal", "a.ttl", "c.jsonld")
    check.expect(0, "convert", "a.ttl", "-o", "d.jsonld", "--context", address, "--copy", f"{address}=terms.jsonld")
    check.true("the address stands for the context",
               f'"@context": "{address}"' in (check.folder / "d.jsonld").read_text())
    check.expect(0, "equal", "a.ttl", "d.jsonld", "--copy", f"{address}=terms.jsonld")
    check.expect(2, "equal", "a.ttl", "d.jsonld", says=["E0008", "d.jsonld:2:", "--copy ADDRESS=FILE"])
    check.expect(2, "convert", "a.ttl", "-o", "e.jsonld", "--context", address, says=["E0008", "--copy"])
    check.expect(64, "convert", "a.ttl", "-o", "e.ttl", "--context", "terms.jsonld", says="is for JSON-LD")
    check.expect(64, "convert", "d.jsonld", "-o", "e.ttl", "--copy", "terms.jsonld", says="has no =")
    check.write("null.jsonld", b'{"@context": {"http://e/p": null}}')
    check.expect(2, "convert", "a.ttl", "-o", "e.jsonld", "--context", "null.jsonld", says=["E0507", "a.ttl:2:"])
    check.true("no file is left", not (check.folder / "e.jsonld").exists())
    check.write("dossier.yaml", 'dossier: 1\nname: c\nontology: {domain: false}\ndata: [d.jsonld]\ncopies:\n'
                f'  {address}: terms.jsonld\nexports:\n  - {{path: out.jsonld, context: "{address}"}}\n')
    check.expect(0, "build", "dossier.yaml")
    check.expect(0, "equal", "a.ttl", "out.jsonld", "--copy", f"{address}=terms.jsonld")
    (check.folder / "dossier.yaml").unlink()


def converts_as_it_comes(check):
    lines = b"".join(b"<http://e/s%d> <http://e/p> \"%d\" .\n" % (i // 3, i) for i in range(40000))
    check.write("many.nt", lines)
    check.write("p.ttl", b"@prefix e: <http://e/> .\n")
    written = set()
    for threads in "12":
        done = check.expect(0, "convert", "many.nt", "--to", "turtle", "--mode", "stream",
                            "--prefixes", "p.ttl", "--threads", threads)
        written.add(done.out)
        check.equal(f"lines with {threads} threads",
                    check.expect(0, "convert", "many.nt", "--to", "ntriples", "--threads", threads).out, lines)
    check.equal("one text for any number of threads", len(written), 1)
    (turtle,) = written
    check.true("prefixed and grouped", turtle.startswith(b"@prefix e: <http://e/> .\n\ne:s0 e:p \"0\",\n"))
    check.write("many.ttl", turtle)
    check.expect(0, "equal", "many.nt", "many.ttl", out="equal: both say the same 40,000 statements")
    back = check.expect(0, "convert", "many.ttl", "--to", "ntriples").out
    check.equal("and back", back, lines)
    check.expect(64, "convert", "many.nt", "--to", "jsonld", "--mode", "stream", says="whole graph")


def recovers(check):
    check.write("bad.nt", b"<http://e/a> <http://e/p> \"1\" .\nno\n<http://e/a> <b> <c> .\n"
                b"<http://e/a> <http://e/p> \"\xff\" .\n<http://e/a> <http://e/p> \"2\" .\n")
    check.expect(2, "convert", "bad.nt", "--to", "ntriples", says=["bad.nt:2:1"])
    done = check.expect(1, "convert", "bad.nt", "-o", "good.nt", "--recover",
                        says=["bad.nt:2:1", "bad.nt:3:15", "bad.nt:4:28", "2 statements read, 3 in error"])
    check.equal("the good lines", len((check.folder / "good.nt").read_bytes().splitlines()), 2)
    check.expect(1, "convert", "bad.nt", "--check", says="bad.nt:4:28", out="2 statements read, 3 in error")
    check.expect(0, "convert", "good.nt", "--check", out="2 statements read")
    check.write("bad.ttl", b"@prefix e: <http://e/> .\ne:a e:p 1 .\ne:b e:p , .\ne:c f:p 2 .\ne:d e:p 3 .\n")
    check.expect(1, "convert", "bad.ttl", "-o", "good.ttl", "--recover", "--mode", "stream",
                 says=["bad.ttl:3:9", "bad.ttl:4:5", "2 statements read, 2 in error"])
    check.expect(1, "convert", "bad.ttl", "-o", "good.ttl", "--recover", says=["bad.ttl:3:9", "bad.ttl:4:5"])
    del done


def falls_back(check):
    check.write("odd.nq", b'<http://e/a> <http://e/p> "1" <http://e/g> .\n'
                b'<http://e/a> <http://e/1bad/> "2" .\n<http://e/a> <http://e/p> "\\u0001" .\n'
                b'<http://e/a> <http://e/p> "4" .\n')
    check.expect(2, "convert", "odd.nq", "-o", "odd.ttl", says=["E0501", "odd.nq:1:27"])
    check.expect(2, "convert", "odd.nq", "-o", "odd.nt", says=["E0501", "odd.nq:1:27"])
    check.expect(2, "convert", "odd.nq", "--to", "turtle", "--mode", "stream", says=["E0501", "odd.nq:1:27"])
    check.expect(0, "convert", "odd.nq", "-o", "odd.nt", "--fallback", "skip",
                 says=["E0505", "odd.nq:1:27", "4 statements read, 1 left out, 3 written"])
    check.expect(1, "convert", "odd.nq", "-o", "odd.nt", "--fallback", "skip", "--strict")
    counts = json.loads(check.expect(0, "convert", "odd.nq", "-o", "odd.rdf", "--fallback", "nearest",
                                     "--json", says=["E0505", "odd.nq:2:31", "E0506", "odd.nq:3:27"]).out)
    check.equal("left out and changed", (counts["left_out"], counts["changed"], counts["written"]), (1, 2, 3))
    check.equal("U+FFFD", b"\xef\xbf\xbd" in (check.folder / "odd.rdf").read_bytes(), True)
    check.expect(0, "convert", "odd.rdf", "-o", "odd2.nt")


def compares(check):
    check.write("x.ttl", b"@prefix e: <http://e/> .\ne:a e:at [ e:city \"Bonn\" ; e:zip 1 ] .\n")
    check.write("y.ttl", b"@prefix e: <http://e/> .\ne:a e:at _:q . _:q e:zip 1 ; e:city \"Bonn\" .\n")
    check.write("z.ttl", b"@prefix e: <http://e/> .\ne:a e:at [ e:city \"Ulm\" ; e:zip 1 ] .\n")
    check.expect(0, "equal", "x.ttl", "y.ttl", out="equal: both say the same 3 statements")
    check.expect(1, "equal", "x.ttl", "z.ttl",
                 out=["1 statement only in x.ttl, 1 only in z.ttl", '- _:anon1 e:city "Bonn"    x.ttl:2:19',
                      '+ _:anon1 e:city "Ulm"    z.ttl:2:19'])
    result = json.loads(check.expect(1, "equal", "x.ttl", "z.ttl", "--json").out)
    check.equal("in JSON", (result["equal"], result["b"]["only"][0]["line"]), (False, 2))
    check.expect(2, "equal", "x.ttl", "nowhere.ttl", says="nowhere.ttl")
    canon = [check.expect(0, "canon", name).out for name in ("x.ttl", "y.ttl", "z.ttl")]
    check.true("one canonical form", canon[0] == canon[1] != canon[2] and b"_:c14n0" in canon[0])
    check.write("x.nq", canon[0])
    check.expect(0, "equal", "x.ttl", "x.nq")
    digests = [check.expect(0, "canon", "--digest", name).out for name in ("x.ttl", "y.ttl", "z.ttl")]
    check.true("one digest", digests[0] == digests[1] != digests[2] and len(digests[0]) == 65)
    import hashlib
    check.equal("that of the lines", hashlib.sha256(canon[0]).hexdigest().encode() + b"\n", digests[0])
    long = check.expect(0, "canon", "x.ttl", "--digest", "--hash", "sha384", "--json")
    check.equal("SHA-384", len(json.loads(long.out)["digest"]), 96)


def validates(check):
    check.write("bad.ttl", b"@prefix dos: <https://w3id.org/dossier/ns#> .\n@prefix e: <http://e/> .\n"
                b"e:a a dos:Compny .\ne:o a dos:Ownership ; dos:owner e:a .\n")
    done = check.expect(1, "validate", "bad.ttl", out=["Compny", "Company", "bad.ttl:3:"])
    check.expect(0, "validate", "bad.ttl", "--fail-on", "never")
    report = json.loads(check.expect(1, "validate", "bad.ttl", "--json").out)
    check.true("findings in JSON", "bad.ttl" in json.dumps(report))
    for name in ("r.ttl", "r.nt", "r.jsonld", "r.json", "r.sarif", "r.html", "r.txt"):
        check.expect(1, "validate", "bad.ttl", "--report", name, "--quiet")
        check.true(f"{name} has the finding", b"Compny" in (check.folder / name).read_bytes())
    check.expect(0, "convert", "r.ttl", "-o", "r2.nt")
    check.expect(64, "validate", "bad.ttl", "--report", "r.doc")
    check.expect(0, "validate", "bans", out="no findings")
    check.write("s.ttl", b"@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix e: <http://e/> .\n"
                b"e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:q ; sh:minCount 1 ] .\n")
    alone = check.expect(1, "validate", "a.ttl", "--shapes", "s.ttl", "--json")
    check.true("shapes of one's own stand alone", b"Compny" not in alone.out and b"E0453" in alone.out)
    del done


def exports_and_counts(check):
    check.expect(0, "export", "bans", "-o", "g.graphml", says="written to g.graphml")
    again = json.loads(check.expect(0, "export", "bans/out/graph.ttl", "-o", "h.graphml", "--json").out)
    edges = json.loads(check.expect(0, "export", "bans", "-o", "g.gexf", "--json").out)
    # Not the same bytes: each edge tells where it comes from, tables here and a graph there.
    check.equal("a project and its graph give one network", (again["nodes"], again["edges"]),
                (edges["nodes"], edges["edges"]))
    nodes = json.loads(check.expect(0, "export", "bans", "-o", "n.graphml", "--links", "nodes",
                                    "--json").out)
    check.true("links as nodes are more nodes", nodes["nodes"] > edges["nodes"])
    check.expect(0, "export", "bans", "-o", "k.graphml", "--for", "gephi")
    check.expect(64, "export", "bans", "-o", "g.ttl", says="no network format")
    stats = json.loads(check.expect(0, "stats", "bans", "--json").out)
    check.equal("nodes of stats and export", (stats["nodes"], stats["edges"]),
                (edges["nodes"], edges["edges"]))
    check.true("sources are counted", any(s["name"] == "bans.csv" for s in stats["sources"]))
    check.expect(0, "stats", "bans/out/graph.nt", out=["Instances by class", "component"])


def model_and_explain(check):
    check.expect(0, "model", out=["Classes", "Links", "Properties", "dos:Company"])
    check.expect(0, "model", "Ban", out=["link class", "qualifiers", "dos:bans"])
    check.expect(0, "model", "dos:owns", out=["property", "inverse"])
    check.expect(0, "model", "BAN", out="dos:Ban")
    check.equal("model in JSON", json.loads(check.expect(0, "model", "Ban", "--json").out)["kind"], "link")
    json.loads(check.expect(0, "model", "--json").out)
    check.expect(2, "model", "Compny", says=["E0610", "did you mean dos:Company?"])
    check.expect(0, "explain", "E0202", out="csv_ragged_row")
    check.expect(0, "explain", "e202", out="csv_ragged_row")
    check.expect(0, "explain", "csv_ragged_row", out="E0202")
    check.expect(0, "explain", "ex:tencent", "bans",
                 out=["companies.csv:3:", "by company", "on the word of", "inferred"])
    check.expect(0, "explain", "ex:tencent dos:owns ex:wechat", "bans",
                 out=["inferred: direct dos:Ownership\n", "      from ex:", " dos:owner ex:tencent  ownership.csv:"])
    why = json.loads(check.expect(0, "explain", "ex:tencent dos:owns ex:wechat", "bans", "--json").out)
    check.equal("premises", [p["predicate"].rpartition("#")[2] for p in why["statements"][0]["origins"][0]["premises"]],
                ["owner>", "asset>"])
    check.expect(0, "explain", 'ex:tencent dos:name "Tencent"', "bans", out="companies.csv:3:9")
    origins = json.loads(check.expect(0, "explain", "ex:tencent dos:name", "bans", "--json").out)
    check.equal("an origin", (origins["statements"][0]["origins"][0]["file"],
                              origins["statements"][0]["origins"][0]["line"]), ("companies.csv", 3))
    check.expect(2, "explain", "ex:tencnt", "bans", says=["E0609", "ex:tencent"])
    check.expect(0, "explain", "http://e/a", "a.ttl", out="a.ttl:2:")
    check.expect(2, "explain", "E9999", "bans", says="E0609")


def main():
    check = Check(__doc__)
    for part in (help_and_version, init_and_build, maps, converts, compacts, converts_as_it_comes, recovers, falls_back,
                 compares, validates, exports_and_counts,
                 model_and_explain):
        part(check)
    check.end()


if __name__ == "__main__":
    main()
