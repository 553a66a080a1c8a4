#!/usr/bin/env python3
"""Builds a project in six ways; every output must have the same bytes each time.

The ways: one thread, two threads, two threads again, three threads, the locale C, and a German locale (decimal
comma, other collation) in another time zone. The locale is made with localedef in a folder of its own
(LOCPATH) if it is not installed, and it is checked that programs see it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

from project import Failures, Project, arguments, outputs

GERMAN = "de_DE.UTF-8"
SHOW_POINT = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.localeconv()['decimal_point'])"


def decimal_point(env):
    shown = subprocess.run([sys.executable, "-c", SHOW_POINT], env={**os.environ, **env},
                           capture_output=True, text=True)
    return shown.stdout.strip()


def german_locale(folder):
    """The environment in which a program sees the locale, or None and why there is none."""
    env = {"LC_ALL": GERMAN, "TZ": "Asia/Kathmandu"}
    if decimal_point(env) == ",":
        return env, None
    if not shutil.which("localedef") or not os.path.exists("/usr/share/i18n/locales/de_DE"):
        return None, "no German locale: the package `locales` is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", folder / GERMAN], check=True)
    env["LOCPATH"] = str(folder)
    return (env, None) if decimal_point(env) == "," else (None, "localedef made no usable locale")


def main():
    options = arguments(__doc__)
    project = Project(options.project)
    work = options.work / f"{project.name}-same-bytes"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    failures = Failures()
    ways = [("--threads 1", {}), ("--threads 2", {}), ("--threads 2", {}), ("--threads 3", {}),
            ("--threads 2", {"LC_ALL": "C", "TZ": "UTC"})]
    german, why_not = german_locale(work / "locales")
    if german:
        ways.append(("--threads 2", german))
    else:
        print(f"not checked: {why_not}")
        failures.true(f"{why_not}, on CI", os.environ.get("CI") != "true")
    first = None
    # The same folder each time, because the folder's name is in messages.
    for threads, env in ways:
        folder = project.copy(work / "build")
        done = project.build(options.program, folder, "--json", *threads.split(), env=env)
        way = f"{threads} {env}"
        failures.equal(f"{way}: exit code", done.code, project.exit_code())
        found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in outputs(folder).items()}
        found["result on stdout"] = without_times(done.out)
        found["messages on stderr"] = hashlib.sha256(done.err.encode()).hexdigest()
        first = first or found
        failures.equal(f"{way}: files", sorted(found), sorted(first))
        for name in found.keys() & first.keys():
            failures.true(f"{way}: {name} has other bytes", found[name] == first[name])
    failures.end(f"{project.name}: {len(first)} outputs, the same bytes in {len(ways)} ways")


def without_times(text):
    """The JSON result but for how long it took."""
    try:
        result = json.loads(text)
    except ValueError:
        return text.decode("utf-8", "replace")
    return json.dumps({key: value for key, value in result.items() if key not in ("seconds", "threads", "steps")})


if __name__ == "__main__":
    main()
