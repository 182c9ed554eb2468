"""A terminal to type otklik's commands into."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OTKLIK = Path(sys.executable).with_name("otklik")
PATIENCE = 60


@dataclass(frozen=True)
class Typed:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it complained of, a line each."""
        return self.err.splitlines()


def environment(language: str = "en", **more: str) -> dict[str, str]:
    """The environment of somebody who speaks the language and has set nothing of ours."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("OTKLIK_", "LC_"))}
    return bare | {"LANG": f"{language}.UTF-8", **more}


def otklik(*words: str | Path, home: Path, language: str = "en", **more: str) -> Typed:
    """Type a command in a folder."""
    done = subprocess.run(
        [OTKLIK, *words],
        cwd=home,
        env=environment(language, **more),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert 'File "' not in done.stderr
    return Typed(done.returncode, done.stdout, done.stderr)
