"""Packages of others from npm, of fixed versions and unchanged: tests show that they get along with us."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PACKAGES = {
    "axe-core": "4.14.1",
    "statuspage.io": "3.3.8",
    "@statuspage/status-widget": "1.0.5",
}


def npm() -> str | None:
    """Where npm is on this machine, with Node.js beside it."""
    return shutil.which("npm") if shutil.which("node") else None


def install(folder: Path, names: Sequence[str]) -> Path:
    """Install packages; the folder that has them."""
    wanted = [f"{name}@{PACKAGES[name]}" for name in names]
    quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    command = [npm() or "npm", "install", *quiet, "--prefix", str(folder), *wanted]
    subprocess.run(command, check=True, timeout=120)
    return folder / "node_modules"
