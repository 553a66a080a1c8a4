"""A project under test: where it stands, what is expected of it, and how to build a copy of it."""

import argparse
import json
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import yaml
from program import run
from skipping import ROOT, shared_folder

EXPECTATIONS = ROOT / "tests" / "projects"
VIOLATIONS = {"violation", "error"}


class Failures(list):
    """Collects what is wrong, so that one run tells all of it."""

    def equal(self, what, found, wanted):
        if found != wanted:
            self.append(f"{what}: {found!r} found, {wanted!r} wanted")

    def true(self, what, condition):
        if not condition:
            self.append(what)

    def end(self, passed):
        for each in self:
            print(f"FAILED {each}")
        if not self:
            print(passed)
        sys.exit(1 if self else 0)


class Project:
    def __init__(self, name):
        self.name = name
        expected = EXPECTATIONS / name
        here = expected / "dossier.yaml"
        self.folder = expected if here.exists() else ROOT / "data" / name
        self.expected = json.loads((expected / "expected.json").read_text())
        self.findings = json.loads((expected / "findings.json").read_text())
        self.file = yaml.safe_load((self.folder / "dossier.yaml").read_text())
        self.reads_shared = "DOSSIER_SHARED" in self.file.get("source_root", "")

    def exit_code(self):
        found = {each.get("severity") for each in self.findings["findings"]}
        return 1 if found & VIOLATIONS else 0

    def copy(self, to, more_exports=(), reports=()):
        """A fresh copy of the project in the folder `to`, without outputs; its exports are those of the
        project and `more_exports`."""
        to = Path(to)
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to, ignore=shutil.ignore_patterns("out", "expected.json", "findings.json"))
        if more_exports or reports:
            file = {**self.file, "exports": self.file["exports"] + list(more_exports), "reports": list(reports)}
            (to / "dossier.yaml").write_text(yaml.safe_dump(file, allow_unicode=True, sort_keys=False))
        return to

    def build(self, program, folder, *options, env=None, **how):
        shared = {"DOSSIER_SHARED": str(shared_folder())} if self.reads_shared else {}
        return run([program, "build", folder, *options], env={**shared, **(env or {})},
                   **{"timeout": 600, **how})


def outputs(folder):
    """The files under out/, by name."""
    return {str(p.relative_to(folder)): p for p in sorted((Path(folder) / "out").rglob("*")) if p.is_file()}


def arguments(description, more=()):
    parser = argparse.ArgumentParser(description=description.split("\n", 1)[0])
    parser.add_argument("project", help="name of a folder in tests/projects")
    parser.add_argument("--program", required=True, help="the program dossier", type=Path)
    parser.add_argument("--work", required=True, help="folder for the builds", type=Path)
    for names, options in more:
        parser.add_argument(*names, **options)
    parsed = parser.parse_args()
    parsed.program = parsed.program.resolve()
    parsed.work = parsed.work.resolve()
    return parsed
