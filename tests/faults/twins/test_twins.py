"""Each guarantee, taken out of a copy of the program, is missed by the tests that stand for it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.twins.broken import TWINS, Twin

ROOT = Path(__file__).parents[3]
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "docs")
MINUTES = 6
TESTS_FAILED = 1
"""What pytest ends with when tests ran and some of them failed."""
each_twin = pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.guarantee.replace(" ", "_"))


@each_twin
def test_a_twin_still_looks_like_the_program_it_is_made_of(twin: Twin) -> None:
    source = (ROOT / twin.file).read_text("utf-8")
    assert source.count(twin.kept) == 1
    ast.parse(source.replace(twin.kept, twin.broken))
    path, _, name = twin.noticed_by.partition("::")
    assert f"def {name}" in (ROOT / path).read_text("utf-8")


@pytest.mark.proof
@each_twin
def test_a_broken_twin_is_noticed(twin: Twin, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
    source = (copy / twin.file).read_text("utf-8")
    (copy / twin.file).write_text(source.replace(twin.kept, twin.broken), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", twin.noticed_by],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        encoding="utf-8",
        timeout=60 * MINUTES,
        check=False,
    )
    assert done.returncode == TESTS_FAILED, done.stdout[-3000:] + done.stderr[-1000:]
