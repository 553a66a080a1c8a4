#!/usr/bin/env python3
"""docs/cli.md is what the program says, and docs/project-file.md explains every key. Rewrite the first
with: tests/cli/check_documented.py --program build/dev/bin/dossier --write"""

import json
import sys

from program_test import Check
from skipping import ROOT

BEGIN = "## `dossier "  # the first page of help


def help_pages(check):
    pages = []
    for line in check.run("--help").out.decode().split("Verbs:")[1].split("\n\n")[0].splitlines():
        if line.startswith("  "):
            verb = line.split()[0]
            text = check.run(verb, "--help").out.decode()
            pages.append(f"## `dossier {verb}`\n\n```\n{text.strip()}\n```\n")
    return "\n".join(pages)


def keys_of(schema):
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from keys_of(inner)
        if "items" in inner:
            yield from keys_of(inner["items"])


def main():
    write = "--write" in sys.argv
    if write:
        sys.argv.remove("--write")
    check = Check(__doc__)
    page = ROOT / "docs" / "cli.md"
    head, begin, rest = page.read_text().partition(BEGIN)
    wanted = help_pages(check)
    if write:
        page.write_text(head + wanted)
    else:
        check.true("docs/cli.md is not what the program says; rewrite it with --write",
                   begin + rest == wanted)
    schema = json.loads((ROOT / "cli" / "project.schema.json").read_text())
    text = (ROOT / "docs" / "project-file.md").read_text()
    for key in sorted(set(keys_of(schema))):
        check.true(f"docs/project-file.md does not explain {key}", f"`{key}`" in text)
    check.end()


if __name__ == "__main__":
    main()
