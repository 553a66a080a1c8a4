#!/usr/bin/env python3
"""The arrows of docs/architecture.md, read from the includes: each room may include only the rooms and the
third parties that its row allows, and each room has a header that explains it. Usage: check_arrows.py ROOT [--picture]; exit 1 names every wrong include."""

import pathlib
import re
import sys

EVERYWHERE = {"fmt"}
# room: (rooms it may include, third parties it may touch)
ROOMS = {
    "base": ({"base"}, {"zlib.h", "zstd.h", "xxhash.h", "archive.h", "archive_entry.h", "rapidjson"}),
    "graph": ({"base", "graph"}, {"boost", "openssl"}),
    "sources": ({"base", "graph", "sources"},
                {"rapidjson", "simdjson.h", "expat.h", "pugixml.hpp", "sqlite3.h", "libpq-fe.h", "mysql.h",
                 "mariadb", "rasqal.h", "yaml.h", "boost"}),
    "ontology": ({"base", "graph", "ontology"}, {"re2", "pcre2.h", "rapidjson"}),
    "analytics": ({"base", "graph", "analytics"}, {"boost"}),
    "exporters": ({"base", "graph", "exporters"}, {"pugixml.hpp", "rapidjson"}),
    "query": ({"base", "graph", "query"}, {"httplib.h", "librdf.h", "redland.h", "re2"}),
    "mapping": ({"base", "graph", "sources", "ontology", "mapping"}, {"boost", "rapidjson", "re2", "unicode"}),
    "cli": ({"base", "graph", "sources", "ontology", "analytics", "exporters", "query", "mapping", "cli"},
            {"CLI", "rapidjson", "boost"}),
}
# Third parties that may stand in one file of a room only (a C or C++ library is wrapped where it is born).
ONE_FILE = {"rasqal.h", "yaml.h", "sqlite3.h", "libpq-fe.h", "httplib.h"}

QUOTED = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
ANGLED = re.compile(r"^\s*#\s*include\s+<([^>]+)>", re.M)
STANDARD = re.compile(r"^[a-z_0-9]+$")  # <vector>, <cstdint>
SYSTEM = {"fcntl.h", "unistd.h", "sched.h", "sys", "immintrin.h", "emmintrin.h", "tmmintrin.h", "nmmintrin.h", "wmmintrin.h", "smmintrin.h", "x86intrin.h", "arm_neon.h", "signal.h", "poll.h", "cpuid.h", "dlfcn.h", "glob.h"}


def third_party(include):
    head = include.split("/")[0]
    if include.startswith("boost/unordered/"):  # flat hash tables; Boost.Graph has its rooms
        return None
    if STANDARD.match(include) or head in SYSTEM:
        return None
    return head


def unexplained(root, room):
    """What is wrong with the header that explains a room: it must be there, and what it names too."""
    folder = root / room
    header = next((each for each in (folder / "room.hpp", folder / f"{room}.hpp") if each.exists()), None)
    if header is None:
        return [f"{room}/ has no room.hpp that explains it"]
    text = header.read_text(encoding="utf-8")
    if not text.startswith(f"// The room `{room}`"):
        return [f"{room}/{header.name} does not begin with the room it explains"]
    named = re.findall(r"\b[a-z0-9_]+\.hpp", "\n".join(re.findall(r"^//.*", text, re.M)))
    return [f"{room}/{header.name} names {each}, which is not there" for each in named if not (folder / each).exists()]


def main():
    root = pathlib.Path(sys.argv[1])
    wrong, arrows, where = [], {}, {}
    for room, (rooms, libraries) in ROOMS.items():
        if root.joinpath(room).is_dir():
            wrong += unexplained(root, room)
        for path in sorted(root.joinpath(room).rglob("*.[hc]pp")):
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(root).as_posix()
            for include in QUOTED.findall(text):
                target = include.split("/")[0]
                arrows.setdefault(room, set()).add(target)
                if target not in rooms:
                    wrong.append(f'{name}: "{include}": {room} must not know {target}')
                elif not root.joinpath(include).exists() and not include.endswith(".inc"):
                    wrong.append(f'{name}: "{include}" is not rooted at the repository')
            for include in ANGLED.findall(text):
                library = third_party(include)
                if library is None or library in EVERYWHERE:
                    continue
                if library not in libraries:
                    wrong.append(f"{name}: <{include}>: {room} must not touch {library}")
                if library in ONE_FILE:
                    where.setdefault((room, library), set()).add(path.stem)
    for (room, library), stems in where.items():
        if len(stems) > 1:
            wrong.append(f"{room}: {library} is included by {', '.join(sorted(stems))}; one file may")
    if "--picture" in sys.argv:
        for room, targets in arrows.items():
            print(f"{room} -> {', '.join(sorted(targets - {room})) or 'nothing'}")
    print("\n".join(wrong) or f"{len(arrows)} rooms, every include follows the arrows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
