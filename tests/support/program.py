"""Runs a program with limits, and tells what it said, how it ended and what it cost."""

import os
import re
import resource
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

# "bans.csv:41:3: error: message [E0200]"; the place may be missing.
DIAGNOSTIC = re.compile(r"^(?:(?P<place>\S.*?): )?(?P<severity>error|violation|warning|info): (?P<message>.*)"
                        r" \[(?P<code>E\d{4})\]$", re.MULTILINE)


@dataclass
class Run:
    code: int          # exit code, or -N for death by signal N
    out: bytes
    err: str
    seconds: float     # CPU, user and system
    wall: float
    peak: int          # bytes of resident memory at most
    timed_out: bool

    def diagnostics(self):
        return [m.groupdict() for m in DIAGNOSTIC.finditer(self.err)]

    def codes(self):
        return sorted({d["code"] for d in self.diagnostics()})

    def said(self):
        """Messages on stderr and the report on stdout."""
        return self.err + self.out.decode("utf-8", "replace")

    def reported(self):
        """Codes of the rules in a report of findings on stdout: "violation E0424 dos:userCount: ..."."""
        return re.findall(r"^(?:violation|warning|info) (E\d{4}) ", self.out.decode("utf-8", "replace"), re.MULTILINE)


@dataclass
class Limits:
    file_bytes: int | None = None      # no file grows past it: a full disk
    memory_bytes: int | None = None    # address space: a machine that refuses memory
    open_files: int | None = None


# A program on a machine that is busy otherwise gets little of it: what it may take is counted in CPU seconds, of
# two threads; only one that hangs without working is ended by the clock.
THREADS = 2
PATIENCE = 10


def _child_setup(limits, cpu_seconds):
    def setup():
        # Python ignores both; a program is started by a shell with the defaults.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        # A write past the limit must fail like one on a full disk, not kill.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        for what, value in ((resource.RLIMIT_FSIZE, limits.file_bytes),
                            (resource.RLIMIT_AS, limits.memory_bytes),
                            (resource.RLIMIT_NOFILE, limits.open_files)):
            if value is not None:
                resource.setrlimit(what, (value, value))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    return setup


def run(argv, cwd=None, env=None, stdin=None, timeout=60, limits=Limits(), during=None):
    """`timeout`: seconds that two threads may work. `stdin`: bytes, a file, or None for nothing. `env` is added to the environment. `during`, if given, is
    called with the running process and may do to it what it likes."""
    full_env = {**os.environ, **(env or {})}
    feed = stdin if isinstance(stdin, (bytes, bytearray)) else None
    source = subprocess.PIPE if feed is not None else stdin if stdin is not None else subprocess.DEVNULL
    start = time.monotonic()
    process = subprocess.Popen([str(a) for a in argv], cwd=cwd, env=full_env, stdin=source,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, restore_signals=False,
                               preexec_fn=_child_setup(limits, int(THREADS * timeout)))
    # Pipes and not files, because a limit on files would bind those too.
    out, err = _Drain(process.stdout), _Drain(process.stderr)
    if feed is not None:
        threading.Thread(target=_feed, args=(process.stdin, feed), daemon=True).start()
    if during:
        during(process)
    status, usage, timed_out = _wait(process.pid, start + PATIENCE * timeout)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    timed_out = timed_out or code == -signal.SIGXCPU
    wall = time.monotonic() - start
    return Run(code, out.all(), err.all().decode("utf-8", "replace"), usage.ru_utime + usage.ru_stime, wall,
               usage.ru_maxrss * 1024, timed_out)


class _Drain:
    """Reads a pipe to its end in the background."""

    def __init__(self, pipe):
        self.data = b""
        self.pipe = pipe
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        self.data = self.pipe.read()
        self.pipe.close()

    def all(self):
        self.thread.join()
        return self.data


def _feed(pipe, data):
    try:
        pipe.write(data)
        pipe.close()
    except BrokenPipeError:
        pass


def _wait(pid, deadline):
    timed_out, pause = False, 0.001
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            return status, usage, timed_out
        if not timed_out and time.monotonic() > deadline:
            timed_out = True
            os.kill(pid, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)
