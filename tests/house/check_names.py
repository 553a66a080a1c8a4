#!/usr/bin/env python3
"""No two rooms define a type of the same name: they share one namespace, and the linker would silently take the
destructor of one for the other. Types in anonymous namespaces of a .cpp are its own. Usage: check_names.py ROOT"""

import pathlib
import re
import sys

ROOMS = ("base", "graph", "sources", "ontology", "analytics", "exporters", "query", "mapping", "cli")
# At the left margin: members and locals are indented, and a declaration ends in a semicolon.
TYPE = re.compile(r"^(?:template\s*<[^;{]*>\s*)?(?:class|struct|union|enum|enum class)\s+([A-Z]\w*)\b(?![^\n]*;\s*$)(?!\s*(?:<|::))")


def types(path):
    anonymous = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("namespace {"):
            anonymous = True
        elif line.startswith("}  // namespace"):
            anonymous = False
        elif not anonymous and (found := TYPE.match(line)):
            yield found.group(1), number


def main():
    root, first, wrong = pathlib.Path(sys.argv[1]), {}, 0
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.[hc]pp")):
            for name, number in types(path):
                place = f"{path.relative_to(root)}:{number}"
                if name in first:
                    print(f"{place}: {name} is a type of {first[name]} too")
                    wrong += 1
                first.setdefault(name, place)
    print(f"{len(first)} types, {wrong} names taken twice")
    sys.exit(1 if wrong or not first else 0)


if __name__ == "__main__":
    main()
