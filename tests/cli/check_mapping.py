#!/usr/bin/env python3
"""Mappings as people run them: each fault that a mapping or its data can have is one error that can be acted on (a
place, a hint, an exit code that is not 0, no output left); targets, also those that depend on the record; statements
as terms in the older form; what `lint`, `map --test` and `suggest` tell."""

import gzip
import zipfile

from program_test import Check, leftovers

RML = """@prefix rml: <http://w3id.org/rml/> .
<http://e/map> a rml:TriplesMap ;
  rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "%(path)s" ] ;
    rml:referenceFormulation rml:%(formulation)s %(iterator)s ] ;
  %(subject)s
  rml:predicateObjectMap [ rml:predicate <http://e/name> ; rml:objectMap [ rml:reference "%(reference)s" %(more)s ] ] .
"""
GOOD = {"path": "t.csv", "formulation": "CSV", "iterator": "", "reference": "name", "more": "",
        "subject": 'rml:subjectMap [ rml:template "http://e/{id}" ] ;'}
YARRRML = """prefixes: {e: "http://e/"}
mappings:
  m:
    sources: [[%(path)s]]
    s: e:$(id)
    po:
      - [e:name, $(%(reference)s)]
      - p: e:owner
        o:
          mapping: n
          condition: {function: equal, parameters: [[str1, $(owner)], [str2, $(%(key)s)]]}
  n:
    sources: [[u.csv~csv]]
    s: e:u/$(id)
    po: [[e:name, $(name)]]
"""
GOOD_YARRRML = {"path": "t.csv~csv", "reference": "name", "key": "id"}


QUERY = """@prefix rml: <http://w3id.org/rml/> . @prefix formats: <http://www.w3.org/ns/formats/> .
<#m> a rml:TriplesMap ; rml:subjectMap [ rml:reference "s" ] ; rml:predicateObjectMap [ rml:predicate rml:is ; rml:object 1 ] ;
  rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "t.ttl" ] ;
    rml:referenceFormulation formats:SPARQL_Results_CSV ; rml:iterator "%s" ] .
"""


def fault(check, claim, mapping, says, *options, name="m.ttl", code=2):
    """One error, with the place in the mapping, and an old output that stays."""
    check.write(name, mapping)
    out = check.write("out.nq", "old")
    done = check.expect(code, "map", name, "-o", "out.nq", *options, says=says)
    errors = [line for line in done.err.splitlines() if ": error: " in line and "E0300" not in line]
    check.equal(f"{claim}: errors ({done.err.strip()})", len(errors), 1)
    check.true(f"{claim}: a place in {name}: {done.err}", f"{name}:" in done.err)
    check.true(f"{claim}: a hint: {done.err}", "hint: " in done.err)
    check.equal(f"{claim}: the output", out.read_text(), "old")
    check.equal(f"{claim}: left behind", leftovers(check.folder), [])


def faults(check):
    check.write("t.csv", "id,name,owner\n1,a,7\n2,b,8\n")
    check.write("u.csv", "id,name\n7,x\n9,y\n")
    check.write("t.json", '{"rows": [{"id": 1, "name": "a"}]}')

    def rml(**change):
        return RML % (GOOD | change)

    def yarrrml(**change):
        return YARRRML % (GOOD_YARRRML | change)

    check.write("m.ttl", rml())
    check.expect(0, "map", "m.ttl", "-o", "out.nq")
    check.write("m.yarrrml.yaml", yarrrml())
    check.expect(0, "map", "m.yarrrml.yaml", "-o", "out.nq")

    fault(check, "a misspelt column", rml(reference="nmae"), ["E0208", "m.ttl:6:", 'did you mean "name"?'])
    fault(check, "a misspelt column in YARRRML", yarrrml(reference="nmae"), ["E0208", "m.yarrrml.yaml:7:", '"name"?'],
          name="m.yarrrml.yaml")
    fault(check, "a missing file", rml(path="no.csv"), ["E0001", "no.csv", "m.ttl:3:"])
    fault(check, "a file that is nearly there", rml(path="tt.csv"), ["E0001", "tt.csv", "did you mean t.csv?"])
    fault(check, "no subject map", rml(subject=""), ["E0302", "m.ttl:2:1", "rml:subjectMap"])
    fault(check, "broken Turtle", rml(more="; ]"), ["m.ttl:6:"])
    fault(check, "a bad JSONPath", rml(path="t.json", formulation="JSONPath", iterator='; rml:iterator "$.rows[*"'),
          ["m.ttl:3:", "$.rows[*"])
    check.write("t.ttl", "<http://e/a> <http://e/p> 1 .")
    fault(check, "a broken query", QUERY % "SELECT ?s {", ["m.ttl:3:", "E0214", "line 1"])
    fault(check, "a query that goes elsewhere", QUERY % "SELECT ?s FROM <http://e/x> { ?s ?p ?o }", ["m.ttl:3:", "E0214", "FROM"])
    fault(check, "a JSONPath that leads nowhere",
          rml(path="t.json", formulation="JSONPath", iterator='; rml:iterator "$.rows[*]"', reference="$[?"),
          ["m.ttl:6:", "$[?"])
    fault(check, "a wrong term type", rml(subject='rml:subjectMap [ rml:template "{id}" ; rml:termType rml:Literal ] ;'),
          ["E0305", "m.ttl:5:", "rml:IRI"])
    fault(check, "a join on nothing", yarrrml(key="name"), ["E0323", "m.yarrrml.yaml:10:", "2 keys", "2 parents"],
          name="m.yarrrml.yaml")
    check.expect(0, "map", "m.yarrrml.yaml", "-o", "out.nq", "--allow-empty-joins", says="warning: ")
    database = rml().replace('[ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "t.csv" ]',
                             '[ a <http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#Database> ; '
                             '<http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#jdbcDSN> '
                             '"jdbc:postgresql://127.0.0.1:1/gone" ]')
    fault(check, "a database that is away", database.replace("rml:CSV", 'rml:SQL2008Table ; rml:iterator "t"'),
          ["E0801", "m.ttl:"])
    check.write("m.ttl", rml())
    for target in ("/dev/full",):
        done = check.expect(2, "map", "m.ttl", "-o", target, says=["E0003", "No space left"])
        check.equal("a full disk: errors", done.err.count(": error: "), 1)


def project_faults(check):
    """A build says the same, and its outputs stay."""
    check.write("p/dossier.yaml", "dossier: 1\nname: p\nmappings: [m.yarrrml.yaml]\nexports: [{path: g.nt}]\n")
    check.write("p/t.csv", "id,name,owner\n1,a,7\n")
    check.write("p/u.csv", "id,name\n7,x\n")
    check.write("p/m.yarrrml.yaml", YARRRML % (GOOD_YARRRML | {"key": "name"}))
    check.write("p/g.nt", "old")
    check.expect(2, "build", "p", says=["E0323", "m.yarrrml.yaml:10:"])
    check.equal("the output of a build whose join finds nothing", (check.folder / "p/g.nt").read_text(), "old")
    with open(check.folder / "p/dossier.yaml", "a") as project:
        project.write("allow_empty_joins: true\n")
    check.expect(0, "build", "p", says="E0323")


TARGETS = """prefixes: {e: "http://e/"}
targets:
  plain: [all.nt.gz~void, ntriples, gzip]
  by_country: {source: rows, access: "out/$(country).ttl", type: localfile, serialization: turtle}
  packed: {source: rows, access: "out/$(country).nq.zip", type: void, serialization: nquads, compression: zip}
sources: {rows: [[t.csv~csv]]}
mappings:
  m:
    sources: rows
    s: {value: "e:$(id)", targets: [plain, %s]}
    g: %s
    po: [[e:name, $(name)]]
  rest:
    sources: rows
    s: e:$(id)
    po: [[e:country, $(country)]]
"""


def targets(check):
    check.write("t.csv", "id,name,country\n1,a,AT\n2,b,BE\n3,c,AT\n4,d,../x\n5,e,\n")
    check.write("m.yarrrml.yaml", (TARGETS % ("by_country", "e:g")).replace("rows: [[t.csv~csv]]", "rows: [t.csv~csv]")
                .replace("    g: e:g\n", ""))
    (check.folder / "out").mkdir()
    check.expect(0, "map", "m.yarrrml.yaml", "-o", "rest.nt")

    def lines(text):
        return sorted(line for line in text.splitlines() if line)

    names = {each: f'<http://e/{each}> <http://e/name> "{name}" .' for each, name in enumerate("abcde", 1)}
    check.equal("a target that is packed", lines(gzip.open(check.folder / "all.nt.gz", "rt").read()),
                sorted(names.values()))
    done = check.expect(0, "convert", "out/AT.ttl", "--to", "ntriples")
    check.equal("a target of the record", lines(done.out.decode()), [names[1], names[3]])
    written = sorted(path.name for path in (check.folder / "out").iterdir())
    check.equal("what a value puts into a path is one name", written, ["..%2Fx.ttl", "AT.ttl", "BE.ttl"])
    check.equal("the rest goes to the output", len(lines((check.folder / "rest.nt").read_text())), 4)

    graphs = (TARGETS % ("packed", "e:g/$(country)")).replace("rows: [[t.csv~csv]]", "rows: [t.csv~csv]")
    check.write("m.yarrrml.yaml", graphs.replace("plain, ", ""))
    check.expect(0, "map", "m.yarrrml.yaml", "-o", "rest.nq")
    with zipfile.ZipFile(check.folder / "out/BE.nq.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode()
    check.equal("graphs stay in a target of the record", text,
                '<http://e/2> <http://e/name> "b" <http://e/g/BE> .\n')

    check.write("m.yarrrml.yaml", graphs.replace("plain, ", "").replace("source: rows", "source: other", 2)
                .replace("rows: [t.csv~csv]", "rows: [t.csv~csv], other: [u.csv~csv]"))
    check.expect(2, "map", "m.yarrrml.yaml", "-o", "rest.nq", says="is of another source")
    two = (TARGETS % ("by_country", "e:g")).replace("rows: [[t.csv~csv]]", "rows: [t.csv~csv]").replace("    g: e:g\n", "")
    check.write("m.yarrrml.yaml", two.replace("out/$(country).ttl", "$(name).ttl").replace("all.nt.gz", "a.ttl")
                .replace("ntriples, gzip", "turtle"))
    check.expect(2, "map", "m.yarrrml.yaml", "-o", "rest.nt", says=["E0003", "two outputs of this run"])
    check.true("nothing was written", not (check.folder / "a.ttl").exists())


def project_targets(check):
    check.write("q/dossier.yaml", "dossier: 1\nname: q\nbase: http://e/\nmappings: [m.ttl]\nexports: [{path: g.nt}]\n"
                "copies: {\"http://example.org/t.json\": copy.json}\n")
    check.write("q/copy.json", '[{"id": 1, "name": "a"}]')
    check.write("q/m.ttl", """@prefix rml: <http://w3id.org/rml/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<http://e/map> a rml:TriplesMap ;
  rml:logicalSource [ rml:source [ a dcat:Distribution ; dcat:downloadURL <http://example.org/t.json> ] ;
    rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" ] ;
  rml:subjectMap [ rml:template "http://e/{$.id}" ; rml:logicalTarget <http://e/t> ] ;
  rml:predicateObjectMap [ rml:predicate <http://e/name> ; rml:objectMap [ rml:reference "$.name" ] ] .
<http://e/t> a rml:LogicalTarget ; rml:serialization <http://www.w3.org/ns/formats/N-Triples> ;
  rml:target [ a rml:FilePath ; rml:root rml:MappingDirectory ; rml:path "target.nt" ] .
""")
    check.expect(0, "build", "q")
    line = '<http://e/1> <http://e/name> "a" .\n'
    check.equal("a build writes the targets", (check.folder / "q/target.nt").read_text(), line)
    check.equal("and its graph", (check.folder / "q/g.nt").read_text(), line)


def target_of_a_list(check):
    """What a collection is made of goes where the collection goes."""
    check.write("l.csv", "id,name\n1,a\n")
    check.write("l.ttl", """@prefix rml: <http://w3id.org/rml/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<http://e/map> a rml:TriplesMap ;
  rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "l.csv" ] ;
    rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://e/{id}" ; rml:logicalTarget <http://e/t> ] ;
  rml:predicateObjectMap [ rml:predicate <http://e/names> ; rml:objectMap [
    rml:gather ( [ rml:reference "name" ] ) ; rml:gatherAs rdf:Bag ] ] .
<http://e/t> a rml:LogicalTarget ; rml:target [ a rml:FilePath ; rml:path "list.nt" ] .
""")
    check.expect(0, "map", "l.ttl", "-o", "rest.nq")
    check.true("the item of the bag", '#_1> "a" .' in (check.folder / "list.nt").read_text())


STAR = """@prefix rml: <http://w3id.org/rml/> .
<http://e/inner> a rml:TriplesMap , rml:NonAssertedTriplesMap ; rml:logicalSource <http://e/s> ;
  rml:subjectMap [ rml:template "http://e/{id}" ] ;
  rml:predicateObjectMap [ rml:predicate <http://e/name> ; rml:objectMap [ rml:reference "name" ] ] .
<http://e/outer> a rml:TriplesMap ; rml:logicalSource <http://e/s> ;
  rml:subjectMap [ rml:quotedTriplesMap <http://e/inner> ] ;
  rml:predicateObjectMap [ rml:predicate <http://e/from> ; rml:objectMap [ rml:constant "t" ] ] .
<http://e/s> rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "s.csv" ] ;
  rml:referenceFormulation rml:CSV .
"""


def star(check):
    check.write("s.csv", "id,name\n1,a\n")
    check.write("star.ttl", STAR)
    done = check.expect(0, "map", "star.ttl", "--rdf-star", "--no-ledger")
    check.equal("a statement as a subject", done.out.decode(),
                '<< <http://e/1> <http://e/name> "a" >> <http://e/from> "t" .\n')
    done = check.expect(0, "map", "star.ttl", "--no-ledger")
    check.true("RDF 1.2 has no such subject", b"#reifies> <<( <http://e/1>" in done.out)


LINT = """prefixes: {e: "http://e/", xsd: "http://www.w3.org/2001/XMLSchema#"}
mappings:
  app:
    sources: [[w.csv~csv]]
    s: e:$(id)$(name)
    po: [[a, e:App], [e:on, $(on), xsd:date]]
  company:
    sources: [[w.csv~csv]]
    s: e:$(id)$(name)
    po: [[a, e:Company]]
  nothing:
    sources: [[n.csv~csv]]
    s: e:n/$(id)
    po: [[e:name, $(name)]]
"""


def lint(check):
    check.write("w.csv", "id,name,on,extra\n1,a,soon,x\n2,b,2020-01-01,y\n")
    check.write("n.csv", "id,name\n,a\n")
    check.write("lint.yarrrml.yaml", LINT)
    done = check.expect(0, "lint", "lint.yarrrml.yaml", out=[
        "nothing uses 1 column of w.csv: extra [E0330]",
        'lint.yarrrml.yaml:11:3: warning: the triples map "nothing" makes nothing',
        "lint.yarrrml.yaml:5:8: warning: two values stand in http://e/{}{} without",
        "of classes that differ: <http://e/App> and <http://e/Company>",
        'lint.yarrrml.yaml:6:29: warning: 1 of 2 values of <http://e/on> are no xsd:date: "soon"'])
    for code in ("E0330", "E0331", "E0332", "E0333", "E0334"):
        check.true(f"{code} of lint: {done.out.decode()}", code.encode() in done.out)
    check.write("lint.yarrrml.yaml", LINT.replace("$(on)", "$(onn)"))
    check.expect(1, "lint", "lint.yarrrml.yaml", out=["E0208", 'there is no column "onn"', 'did you mean "on"?',
                                                     '"id", "name", "on", "extra"'])


def suggest(check):
    check.write("bans.csv", "ban id,country,banned on,note,count\n1,IN,29.6.2020,a,3\n2,IN,1.7.2020,b,4\n"
                "3,US,7.8.2020,c,5\n")
    check.expect(0, "suggest", "bans.csv", "-o", "s.yarrrml.yaml")
    text = (check.folder / "s.yarrrml.yaml").read_text()
    for each in ("$(ban id)", "d.M.yyyy", "xsd:integer", "codes of countries"):
        check.true(f"the suggestion has {each}: {text}", each in text)
    check.expect(0, "lint", "s.yarrrml.yaml")
    done = check.expect(0, "map", "s.yarrrml.yaml", "--no-ledger")
    check.true("dates are dates: " + done.out.decode(), b'"2020-06-29"^^' in done.out)


def look(check):
    check.write("t.csv", "id,name,owner\n1,a,7\n2,b,8\n")
    check.write("m.ttl", RML % GOOD)
    done = check.expect(0, "map", "m.ttl", "--test", "1")
    check.equal("records side by side", done.out.decode(),
                't.csv:2\n  id     "1" | http://e/map\n  name   "a" |   <http://e/1>  <http://e/name>  "a"\n'
                '  owner  "7" |\n')


def main():
    check = Check(__doc__)
    faults(check)
    project_faults(check)
    targets(check)
    project_targets(check)
    target_of_a_list(check)
    star(check)
    lint(check)
    suggest(check)
    look(check)
    check.end()


if __name__ == "__main__":
    main()
