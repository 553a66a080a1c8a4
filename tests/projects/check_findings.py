"""The findings of a build against findings.json, which pySHACL and an rdflib script counted."""

import json
import re
from pathlib import Path

import rdflib
from project import shared_folder

DOS = "https://w3id.org/dossier/ns#"
SHACL = rdflib.Namespace("http://www.w3.org/ns/shacl#")
# What the rules of findings.json are called by the program.
RULES = {"dangling reference": "dangling_reference", "subject without a class": "untyped_subject",
         "domain": "domain_mismatch"}
PLACES_LOOKED_AT = 2000


def wanted_key(finding):
    path = (finding.get("path") or "").removeprefix("dos:")
    if "component" in finding:
        return finding["component"].removeprefix("sh:"), path
    return RULES[finding["rule"]], path


def found_key(rule):
    if "component" in rule:
        path = re.match(r"dos:(\w+) of ", rule.get("shape", ""))
        return rule["component"].removeprefix(str(SHACL)), path.group(1) if path else ""
    return rule["rule"], rule.get("subject", "").removeprefix(DOS)


def check_places(failures, project, findings):
    """The line of a place holds each number of the name of the thing that the finding is about."""
    base, lines, wrong = project.file["base"], {}, []
    roots = [project.folder, shared_folder() / "data"] if project.reads_shared else [project.folder]
    for finding in findings[:PLACES_LOOKED_AT]:
        place = finding.get("place")
        if not place or not place.get("line"):
            wrong.append(f"{finding['focus']}: no place")
            continue
        name = place["file"]
        if name not in lines:
            path = next((r / name for r in roots if (r / name).exists()), Path(name))
            lines[name] = path.read_bytes().split(b"\n") if path.suffix != ".gz" else None
        if lines[name] is None:  # of compressed files only that there is a place
            continue
        text = lines[name][place["line"] - 1].decode("utf-8", "replace")
        numbers = re.findall(r"\d+", finding["focus"].removeprefix(base))
        if not all(number in text for number in numbers):
            wrong.append(f"{finding['focus']}: {name}:{place['line']} is {text[:80]!r}")
    failures.true(f"{len(wrong)} places are wrong, such as {wrong[:3]}", not wrong)


def check(failures, project, folder):
    report = json.loads((folder / "out" / "findings.json").read_text())
    found = {}
    for rule in report["rules"]:
        key = found_key(rule)
        found[key] = found.get(key, 0) + rule["count"]
    failures.equal("findings", found, {wanted_key(f): f["count"] for f in project.findings["findings"]})
    check_places(failures, project, report["findings"])
    shacl = rdflib.Graph().parse(folder / "out" / "findings.ttl", format="turtle")
    failures.equal("results in the SHACL report", len(set(shacl.objects(None, SHACL.result))),
                   sum(found.values()))
    failures.equal("what the SHACL report says of conformance",
                   [value.toPython() for value in shacl.objects(None, SHACL.conforms)],
                   [not project.findings["findings"]])
