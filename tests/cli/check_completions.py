#!/usr/bin/env python3
"""Completion scripts offer what the parser takes, in each shell that this machine has; the manual page
is well-formed."""

import re
import shutil
import subprocess

from program_test import Check


def complete(script, words):
    """What bash offers for the last of these words."""
    code = (f"source {script}\nCOMP_WORDS=({' '.join(repr(w) for w in words)})\n"
            f"COMP_CWORD={len(words) - 1}\n_dossier\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"")
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True)
    return done.stdout.split(), done.stderr


def options_in_help(check, verb):
    return set(re.findall(r"--[a-z][a-z-]*", check.run(verb, "--help").out.decode().split("Examples:")[0]))


def main():
    check = Check(__doc__)
    script = check.folder / "dossier.bash"
    check.expect(0, "completion", "bash", "-o", script)
    verbs = [w for w in complete(script, ["dossier", ""])[0] if not w.startswith("-")]
    listed = check.run("--help").out.decode().split("Verbs:")[1].split("\n\n")[0]
    check.equal("verbs", verbs, [line.split()[0] for line in listed.splitlines() if line.startswith("  ")])
    for verb in verbs:
        offered, said = complete(script, ["dossier", verb, "--"])
        check.equal(f"{verb}: what bash says", said, "")
        # --stats in the text of --help is a verb's own; only options with their own line count.
        check.true(f"{verb}: {options_in_help(check, verb) - set(offered)} not offered",
                   options_in_help(check, verb) <= set(offered))
        for option in offered:
            taken = check.run(verb, option, "--help")
            check.true(f"dossier {verb} {option}: not taken: {taken.err}",
                       "there is no option" not in taken.err)
    check.equal("values", complete(script, ["dossier", "export", "--links", ""])[0],
                ["edges", "nodes", "both"])
    check.true("formats", "turtle" in complete(script, ["dossier", "convert", "--to", "t"])[0])
    check.equal("shells", complete(script, ["dossier", "completion", "z"])[0], ["zsh"])
    (check.folder / "a.ttl").touch()
    for shell, flags in (("zsh", ["-n"]), ("fish", ["-n"])):
        path = check.folder / f"dossier.{shell}"
        check.expect(0, "completion", shell, "-o", path)
        for verb in verbs:
            check.true(f"{shell}: {verb} is missing", verb in path.read_text())
        if shutil.which(shell):
            done = subprocess.run([shell, *flags, path], capture_output=True, text=True)
            check.equal(f"{shell} -n: {done.stderr}", done.returncode, 0)
    page = check.expect(0, "--man", out=[".TH DOSSIER 1", ".SS build"]).out
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, capture_output=True)
        check.equal("what groff says of the page", done.stderr, b"")
    check.end()


if __name__ == "__main__":
    main()
