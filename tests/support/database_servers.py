"""Database servers that a test starts itself, in a folder of its own, on a unix socket, and takes away again. They
are the distribution's (postgresql, mariadb-server) and run as the user of the test; root steps down to theirs."""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path


class Server:
    """`missing` says what is not installed; else `start` and `stop`, best through `running`."""

    def __init__(self, folder):
        self.folder = Path(folder) / self.name
        self.process = None

    def run_as(self):
        """In front of each command: the user that the server wants instead of root."""
        return [] if os.geteuid() != 0 else ["runuser", "-u", self.user, "--"]

    def make_folder(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            entry = pwd.getpwnam(self.user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)

    def launch(self, command):
        log = (self.folder.parent / f"{self.name}.log").open("wb")
        self.process = subprocess.Popen(self.run_as() + command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        for _ in range(600):
            if self.answers():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not start: "
                           + (self.folder.parent / f"{self.name}.log").read_text(errors="replace")[-1000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.shut_down()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def quietly(self, command, text=None):
        return subprocess.run(command, input=text, capture_output=True, text=True, cwd="/")


class Postgresql(Server):
    name, user = "postgresql", "postgres"

    @classmethod
    def programs(cls):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
        return Path(found[-1]).parent if found else None

    @classmethod
    def missing(cls):
        return None if cls.programs() and shutil.which("psql") else "postgresql is not installed"

    def start(self):
        self.make_folder()
        data = str(self.folder / "data")
        made = self.quietly(self.run_as() + [str(self.programs() / "initdb"), "-D", data, "-A", "trust", "-U", "postgres",
                                             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        if made.returncode:
            raise RuntimeError(made.stderr)
        self.launch([str(self.programs() / "postgres"), "-D", data, "-k", str(self.folder), "-c", "listen_addresses=",
                     "-c", "fsync=off"])
        self.client("CREATE DATABASE test", database="postgres")

    def client(self, text, database="test"):
        return self.quietly(["psql", "-h", str(self.folder), "-U", "postgres", "-d", database, "-q", "-f", "-"], text)

    def answers(self):
        return self.client("SELECT 1", database="postgres").returncode == 0

    def shut_down(self):
        self.quietly(self.run_as() + [str(self.programs() / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate",
                                      "stop"])

    def load(self, text):
        self.client("DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n" + text)

    def address(self):
        return f"jdbc:postgresql:///test?host={self.folder}"


class Mariadb(Server):
    name, user = "mariadb", "mysql"

    @classmethod
    def missing(cls):
        needed = [shutil.which(each, path=os.environ["PATH"] + ":/usr/sbin")
                  for each in ("mariadbd", "mariadb-install-db", "mariadb")]
        return None if all(needed) else "mariadb-server is not installed"

    def start(self):
        self.make_folder()
        data = f"--datadir={self.folder}/data"
        made = self.quietly(self.run_as() + ["mariadb-install-db", "--no-defaults", data,
                                             "--auth-root-authentication-method=normal", "--skip-test-db"])
        if made.returncode:
            raise RuntimeError(made.stdout + made.stderr)
        self.launch([shutil.which("mariadbd", path=os.environ["PATH"] + ":/usr/sbin"), "--no-defaults", data,
                     f"--socket={self.folder}/socket", "--skip-networking", f"--pid-file={self.folder}/pid"])

    def client(self, text):
        return self.quietly(["mariadb", "--no-defaults", f"--socket={self.folder}/socket", "-u", "root", "--force"], text)

    def answers(self):
        return self.client("SELECT 1").returncode == 0

    def shut_down(self):
        self.client("SHUTDOWN")

    def load(self, text):
        self.client("DROP DATABASE IF EXISTS test; CREATE DATABASE test; USE test;\n" + text)

    def address(self):
        return f"jdbc:mysql:///test?socket={self.folder}/socket"


@contextlib.contextmanager
def running(kind):
    """A started server of the kind, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dossier_db_") as folder:
        os.chmod(folder, 0o755)
        server = kind(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()
