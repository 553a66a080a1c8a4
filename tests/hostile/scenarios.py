"""Rows of the table that need more than one run, or something done while the program runs. Each is called
with the program and a folder in which the files of the case lie, and raises Wrong."""

import json
import os
import signal
import subprocess
import threading
import time

from generators import numbered
from program import Limits, run

OLD = b"# the output of an older run\n"
TABLE_MAPPING = """\
prefixes: {e: "http://e/"}
mappings:
  m:
    sources: [[t.csv~csv]]
    s: e:$(id)
    po: [[e:name, $(name)]]
"""


class Wrong(Exception):
    """What the program did not do as the row says."""


def need(condition, what, done=None):
    if not condition:
        raise Wrong(what + (f"; ended with {done.code}: {done.err.strip()[:800]}" if done else ""))


def statements(path, count):
    with open(path, "wb") as file:
        for block in numbered("", "<http://e/%d> <http://e/p> \"value %d\" .\n", count):
            file.write(block)
    return path


def rows(folder, count):
    (folder / "m.yarrrml.yaml").write_text(TABLE_MAPPING)
    with open(folder / "t.csv", "wb") as file:
        for block in numbered("id,name\n", "%d,name %d\n", count):
            file.write(block)


# --- files

def fifo_as_input(program, folder):
    pipe = folder / "in.nt"
    os.mkfifo(pipe)
    line = b"<http://e/s> <http://e/p> \"a\" .\n"
    threading.Thread(target=lambda: pipe.write_bytes(line), daemon=True).start()
    done = run([program, "convert", "in.nt", "-o", "out.nt"], cwd=folder, timeout=20)
    need(done.code == 0, "a pipe is not read", done)
    need((folder / "out.nt").read_bytes() == line, "the pipe gave something else")


def change_while_read(program, folder, change):
    """Runs with a change of the input at several moments; each run ends in the ordinary way and never leaves a
    torn output."""
    source = folder / "big.nt"
    others = {p.name for p in folder.iterdir()}
    for moment in (0.0, 0.01, 0.03, 0.06, 0.1):
        statements(source, 400_000)
        (folder / "out.ttl").write_bytes(OLD)

        def during(_):
            time.sleep(moment)
            change(source)

        done = run([program, "convert", "big.nt", "-o", "out.ttl", "--threads", "2"], cwd=folder, during=during)
        need(done.code in (0, 1, 2), f"after {moment} s", done)
        out = (folder / "out.ttl").read_bytes()
        need((out == OLD) == (done.code == 2), "the output does not fit the exit code", done)
        need(out == OLD or out.endswith(b".\n"), "the output is torn", done)
        left = {p.name for p in folder.iterdir()} - others - {"big.nt", "out.ttl"}
        need(not left, f"{left} is left behind", done)


def input_cut_while_read(program, folder):
    change_while_read(program, folder, lambda source: os.truncate(source, 100_000))


def input_grows_while_read(program, folder):
    def grow(source):
        with open(source, "ab") as file:
            file.write(b"<http://e/more> <http://e/p> 'cut")
    change_while_read(program, folder, grow)


# --- machine

def disk_full(program, folder):
    """The disk is full at each of a number of sizes, for a streaming run and for a built one."""
    rows(folder, 20_000)
    for command, name in (([program, "map", "m.yarrrml.yaml"], "out.nt"),
                          ([program, "convert", "whole.nt"], "out.ttl"),
                          ([program, "convert", "whole.nt"], "out.nt.gz")):
        if command[1] == "convert":
            statements(folder / "whole.nt", 20_000)
        command = [*command, "-o", name]
        done = run(command, cwd=folder)
        need(done.code == 0, "an undisturbed run", done)
        size = (folder / name).stat().st_size
        for limit in (0, 1, 4096, size // 2, size - 1):
            (folder / name).write_bytes(OLD)
            before = sorted(p.name for p in folder.iterdir())
            done = run(command, cwd=folder, limits=Limits(file_bytes=limit))
            need(done.code == 2 and "E0003" in done.codes(), f"{name}: full after {limit} bytes", done)
            need((folder / name).read_bytes() == OLD, f"{name}: the old output is not intact", done)
            need(sorted(p.name for p in folder.iterdir()) == before, f"{name}: something is left behind", done)


def full_stdout(program, folder):
    with open("/dev/full", "wb") as full:
        process = subprocess.run([program, "convert", "g.nt", "--to", "turtle"], cwd=folder, stdout=full,
                                 stderr=subprocess.PIPE, text=True, timeout=200)
    need(process.returncode == 2, f"ended with {process.returncode}: {process.stderr}")
    need("E0003" in process.stderr, f"says {process.stderr}")


def short_reads(program, folder):
    source = statements(folder / "in.nt", 2_000)
    whole = run([program, "convert", "in.nt", "--to", "turtle"], cwd=folder)
    need(whole.code == 0 and whole.out, "the run over the file", whole)
    process = subprocess.Popen([program, "convert", "-", "--from", "ntriples", "--to", "turtle"], cwd=folder,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    data, at, step = source.read_bytes(), 0, 1

    def feed():
        nonlocal at, step
        try:
            while at < len(data):
                os.write(process.stdin.fileno(), data[at:at + step])
                at, step = at + step, step % 97 + 1
            process.stdin.close()
        except BrokenPipeError:
            pass  # the exit code and the output tell

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    out = process.stdout.read()
    process.wait(20)
    need(process.returncode == 0, f"ended with {process.returncode}: {process.stderr.read()}")
    need(out == whole.out, "small pieces give other bytes")


def slow_reader(program, folder):
    statements(folder / "in.nt", 20_000)
    whole = run([program, "convert", "in.nt", "--to", "ntriples"], cwd=folder)
    need(whole.code == 0 and whole.out, "the run over the file", whole)
    process = subprocess.Popen([program, "convert", "in.nt", "--to", "ntriples"], cwd=folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out = b""
    while chunk := os.read(process.stdout.fileno(), 4099):
        if len(out) % 13 == 0:
            os.kill(process.pid, signal.SIGSTOP)
            os.kill(process.pid, signal.SIGCONT)
        out += chunk
    process.wait(20)
    need(process.returncode == 0, f"ended with {process.returncode}: {process.stderr.read()}")
    need(out == whole.out, "a slow reader gets other bytes")


def terminated(program, folder):
    statements(folder / "in.nt", 1_000_000)
    for moment in (0.02, 0.1, 0.3):
        (folder / "out.ttl").write_bytes(OLD)

        def during(process):
            time.sleep(moment)
            os.kill(process.pid, signal.SIGTERM)  # send_signal would take the exit code away

        done = run([program, "convert", "in.nt", "-o", "out.ttl"], cwd=folder, during=during)
        need(done.code in (2, -signal.SIGTERM), f"SIGTERM after {moment} s", done)
        need("E0011" in done.err, f"SIGTERM after {moment} s is not named", done)
        need((folder / "out.ttl").read_bytes() == OLD, "the old output is not intact", done)
        need(sorted(p.name for p in folder.iterdir() if "out" in p.name) == ["out.ttl"],
             "something is left behind", done)


def memory_refused(program, folder):
    """By --memory and by the machine, at several sizes, with more statements than fit."""
    statements(folder / "in.nt", 1_500_000)
    ways = [(["--memory", f"{size}M"], Limits()) for size in (24, 48, 96)]
    ways += [([], Limits(memory_bytes=size << 20)) for size in (64, 128, 192)]
    for options, limits in ways:
        (folder / "out.ttl").write_bytes(OLD)
        done = run([program, "convert", "in.nt", "-o", "out.ttl", "--threads", "1", *options], cwd=folder,
                   limits=limits)
        need(done.code == 2 and "E0009" in done.err, f"{options} {limits}", done)
        need((folder / "out.ttl").read_bytes() == OLD, "the old output is not intact", done)
        need(sorted(p.name for p in folder.iterdir() if "out" in p.name) == ["out.ttl"],
             "something is left behind", done)


def closed_pipe(program, folder):
    statements(folder / "in.nt", 200_000)
    process = subprocess.Popen([program, "convert", "in.nt", "--to", "turtle"], cwd=folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = process.stdout.read(100)
    process.stdout.close()
    said = process.stderr.read().decode()
    process.wait(20)
    need(len(first) == 100, f"wrote nothing: {said}")
    need(process.returncode in (0, 2, -signal.SIGPIPE), f"ended with {process.returncode}: {said}")
    need(said == "", f"is not quiet: {said}")


def refused_at_once(program, folder, command, place):
    before = sorted(str(p) for p in folder.rglob("*"))
    done = run([program, *command], cwd=folder)
    need(done.code == 2 and "E0003" in done.codes(), "the output is not refused", done)
    need(any((d["place"] or "").endswith(place) for d in done.diagnostics()), f"{place} is not named", done)
    need(done.seconds < 0.5, f"took {done.seconds:.1f} s", done)
    need(sorted(str(p) for p in folder.rglob("*")) == before, "something is left behind", done)


def missing_folder(program, folder):
    refused_at_once(program, folder, ["map", "m.yarrrml.yaml", "-o", "none/out.nt"], "none/out.nt")


def folder_as_output(program, folder):
    refused_at_once(program, folder, ["convert", "g.nt", "--to", "turtle", "-o", "d"], "d")


def unwritable_folder(program, folder):
    refused_at_once(program, folder, ["convert", "g.nt", "-o", "/proc/dossier-out.ttl"], "/proc/dossier-out.ttl")


# --- exports

def turtle_round_trip(program, folder):
    texts = [r'a \"quoted\" text', r'three \"\"\" and more \"\"\"\"', r'ends in \\', r'line\nbreak\r\nand\ttab',
             r"'single' '''three'''", r'\\u0041 is no escape', r'\u0000\u0008\u000C\u001F\u007F', 'é€𝄞 \u202e\u200b',
             r'\"', r'', r' ']
    (folder / "in.nt").write_text("".join(f'<http://e/{i}> <http://e/p> "{text}" .\n'
                                          for i, text in enumerate(texts)), encoding="utf-8")
    steps = [("in.nt", "first.nt"), ("first.nt", "a.ttl"), ("a.ttl", "second.nt")]
    for source, target in steps:
        done = run([program, "convert", source, "-o", target], cwd=folder)
        need(done.code == 0, f"{source} to {target}", done)
    first, second = ((folder / name).read_bytes() for name in ("first.nt", "second.nt"))
    need(first.count(b"\n") == len(texts), "N-Triples lost a statement")
    need(sorted(first.splitlines()) == sorted(second.splitlines()), "the round trip gave something else")


def proto_key(program, folder):
    (folder / "g.ttl").write_text("<http://e/__proto__> a <http://e/__proto__:constructor> ; "
                                  "<http://e/__proto__#toString> <http://e/x> .\n")
    done = run([program, "stats", "g.ttl", "--json"], cwd=folder)
    need(done.code == 0, "stats", done)
    need("__proto__:constructor" in json.dumps(json.loads(done.out)), f"the class is not in {done.out}")


# --- time and text

def dates_in_a_build(program, folder):
    (folder / "dossier.yaml").write_text(
        "dossier: 1\nname: dates\nbase: http://e/\nprefixes: {e: 'http://e/'}\nmappings: [m.yarrrml.yaml]\n"
        "ontology: {domain: true}\nexports:\n  - {path: out/g.nt}\n")
    done = run([program, "build", "."], cwd=folder)
    need(done.code == 1, "build", done)
    for line in (2, 4 + 1):  # 2024-02-30 and 00 Jan 1960
        need(f"t.csv:{line}" in done.said(), f"t.csv:{line} is not named", done)
    need("t.csv:6:3" not in done.said(), "29 February 2024 is called wrong", done)
    out = (folder / "out" / "g.nt").read_text()
    need('"2024-02-30"' in out and '"00 Jan 1960"' in out, "a date was not kept as it was written", done)


def same_bytes(program, folder):
    statements(folder / "in.nt", 30_000)
    rows(folder, 5_000)
    results = set()
    for threads, env in (("1", {"LC_ALL": "C", "TZ": "UTC"}), ("2", {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"}),
                         ("4", {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns"})):
        out = b""
        for command in (["convert", "in.nt", "--to", "turtle"], ["map", "m.yarrrml.yaml"], ["stats", "in.nt", "--json"]):
            done = run([program, *command, "--threads", threads], cwd=folder, env=env)
            need(done.code == 0 and done.out, f"{command} with {threads} threads and {env}", done)
            out += done.out
        results.add(out)
    need(len(results) == 1, f"{len(results)} different results")
