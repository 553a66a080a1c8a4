"""What the checks of the program share: a folder to work in, running dossier in it, and telling all
that is wrong at once."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from program import Limits, run
from skipping import ROOT

PROJECT = ROOT / "data" / "app-bans-2020"


class Check:
    def __init__(self, description):
        parser = argparse.ArgumentParser(description=description.split("\n", 1)[0])
        parser.add_argument("--program", required=True, type=Path)
        self.program = parser.parse_args().program.resolve()
        self.folder = Path(tempfile.mkdtemp(prefix="dossier_cli_"))
        self.failures = []
        self.passed = 0

    def run(self, *arguments, **how):
        """Runs dossier in the folder; every run is held to: no crash, no exit 70."""
        done = run([self.program, *arguments], cwd=how.pop("cwd", self.folder), **how)
        line = " ".join(str(a) for a in arguments)
        self.true(f"dossier {line}: exit {done.code}\n{done.err}", done.code in (0, 1, 2, 64))
        return done

    def expect(self, code, *arguments, says=(), out=None, **how):
        """Runs dossier and checks the exit code, codes on stderr, and texts on stdout."""
        done = self.run(*arguments, **how)
        line = " ".join(str(a) for a in arguments)
        self.equal(f"dossier {line}: exit code ({done.err.strip()[:300]})", done.code, code)
        for each in [says] if isinstance(says, str) else says:
            self.true(f"dossier {line}: {each!r} not said in: {done.err}", each in done.err)
        for each in [out] if isinstance(out, str) else out or ():
            self.true(f"dossier {line}: {each!r} not in stdout: {done.out[:500]}",
                      each.encode() in done.out)
        return done

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def equal(self, what, found, wanted):
        self.true(f"{what}: {short(found)} found, {short(wanted)} wanted", found == wanted)

    def true(self, what, condition):
        if condition:
            self.passed += 1
        else:
            self.failures.append(what)

    def end(self):
        import shutil
        shutil.rmtree(self.folder, ignore_errors=True)
        for each in self.failures:
            print(f"FAILED {each}")
        print(f"{self.passed} checks passed, {len(self.failures)} failed")
        sys.exit(1 if self.failures else 0)


def short(value):
    text = repr(value)
    return text if len(text) < 500 else text[:500] + " ..."


def leftovers(folder):
    """Temporary files that a run left behind."""
    return [str(p) for p in Path(folder).rglob("*.tmp")]


def environment(**values):
    return {**os.environ, **values}
