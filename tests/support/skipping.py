"""Skips that cannot hide: without what a test needs it says `skipped: why`, and with CI=true it fails."""

import os
import sys
from pathlib import Path

SKIPPED = 77  # SKIP_RETURN_CODE of the ctest entries
ROOT = Path(__file__).resolve().parents[2]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def shared_folder():
    """The folder of the shared data, absolute; skips the test if there is none."""
    folder = Path(os.environ.get("DOSSIER_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        skip(f"no shared data at {folder}; set DOSSIER_SHARED")
    return folder.resolve()


def use_oracles(module):
    """Makes `module` importable, if need be by starting again in build/oracles, the virtual environment that
    scripts/test makes. True if it can be imported."""
    try:
        __import__(module)
        return True
    except ImportError:
        pass
    python = ROOT / "build" / "oracles" / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != python.parents[1].resolve():
        os.execv(python, [str(python), *sys.argv])
    return False
