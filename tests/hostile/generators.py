"""Writers of the inputs that are too large or too odd to stand in a case, by the name used in `!make`."""

import contextlib
import gzip
import io
import os
import pathlib
import sqlite3
import struct
import tempfile
import zipfile

CHUNK = 1 << 20


class Recipe:
    """`{name: argument}` or `{name: [arguments]}`."""

    def __init__(self, mapping):
        (self.name, arguments), = mapping.items()
        self.arguments = arguments if isinstance(arguments, list) else [arguments]

    def write(self, path):
        with open(path, "wb") as file:
            for block in MAKERS[self.name](*self.arguments):
                file.write(block)
        if self.name == "fifo":
            os.unlink(path)
            os.mkfifo(path)


def repeated(unit, times):
    unit = unit.encode()
    per_block = max(1, CHUNK // max(1, len(unit)))
    block = unit * per_block
    for _ in range(times // per_block):
        yield block
    yield unit * (times % per_block)


def around(before, unit, times, after=""):
    """`before`, `unit` so many times, `after`."""
    yield before.encode()
    yield from repeated(unit, times)
    yield after.encode()


def nested(before, opening, times, middle, closing, after):
    yield before.encode()
    yield from repeated(opening, times)
    yield middle.encode()
    yield from repeated(closing, times)
    yield after.encode()


def numbered(before, pattern, times, after=""):
    """`pattern` with %d for 0, 1, 2 ..."""
    yield before.encode()
    for start in range(0, times, 10_000):
        yield "".join(pattern.replace("%d", str(i)) for i in range(start, min(times, start + 10_000))).encode()
    yield after.encode()


def utf16(text):
    yield b"\xff\xfe" + text.encode("utf-16-le")


def latin1(text):
    yield text.encode("latin-1")


def gz(before, unit, times, members=1):
    """Gzip of `before` and `unit` so many times, cut into so many members."""
    data = b"".join(around(before, unit, times))
    step = -(-len(data) // members)
    for start in range(0, len(data), step):
        yield gzip.compress(data[start:start + step], 9, mtime=0)


def gz_cut(before, unit, times):
    data = b"".join(gz(before, unit, times))
    yield data[:len(data) * 2 // 3]


def gz_bad_sum(before, unit, times):
    data = bytearray(b"".join(gz(before, unit, times)))
    crc, = struct.unpack("<I", data[-8:-4])
    data[-8:-4] = struct.pack("<I", crc ^ 1)
    yield bytes(data)


def alias_bomb(levels, width):
    """YAML in which the last anchor stands for width ** levels nodes."""
    yield b"a0: &a0 x\n"
    for level in range(1, levels + 1):
        yield f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]\n".encode()


def zipped(names, unit, times):
    """A zip of files that hold `unit` so many times, whatever their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            archive.writestr(name, unit * times)
    yield out.getvalue()


def sqlite(script):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "made.db"
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.executescript(script)
        yield path.read_bytes()


def fifo():
    return iter(())


MAKERS = {f.__name__: f for f in (around, nested, numbered, utf16, latin1, gz, gz_cut, gz_bad_sum, alias_bomb, zipped, sqlite,
                                fifo)}
