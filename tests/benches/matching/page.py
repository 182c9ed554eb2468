"""The results as tables in Markdown."""

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from tests.benches.matching.cases import PUBLIC, PublicSet
from tests.benches.matching.latency import Speed
from tests.benches.matching.methods import METHODS, RAPIDFUZZ
from tests.benches.matching.protocol import Kept, Result

TITLES = {each.name: each.title for each in PUBLIC} | {"provider": "Provider (ru), our own"}
TEMPLATE = Path(__file__).with_name("page.md.j2")


def document(
    results: Sequence[Result],
    spoilt: Sequence[Kept],
    times: Sequence[Speed],
    *,
    repeats: int,
    missing: Sequence[str],
    variable: str,
) -> str:
    """All that was measured; what was not is left out."""
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701
    tables = {
        "quality": quality(results),
        "direct": direct(results),
        "people": people(results),
        "noise": noise(spoilt),
        "speed": speed(times),
        "licences": licences(),
    }
    return environment.from_string(TEMPLATE.read_text("utf-8")).render(
        {name: "\n".join(lines) for name, lines in tables.items()},
        machine=machine(),
        repeats=repeats,
        missing=", ".join(missing),
        variable=variable,
    )


def machine() -> str:
    """What this was measured on."""
    memory = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30)
    return f"{os.cpu_count()} cores, {memory} GiB, {platform.system()}, Python {platform.python_version()}"


def quality(results: Sequence[Result]) -> list[str]:
    """How often the right entry comes first, and how that stands to rapidfuzz alone."""
    rows = [
        [
            *_where(one),
            one.method,
            f"{_share(one.figures.top_1)} / {_share(one.figures.top_3)}",
            _ratio(one.figures.top_1, _of_rapidfuzz(one, results)),
            _share(one.figures.auroc),
        ]
        for one in results
        if one.figures.top_1 is not None
    ]
    return table(
        ["set", "shots", "method", "top-1 / top-3", "top-1 to rapidfuzz", "AUROC, out of scope"], rows
    )


def _of_rapidfuzz(one: Result, results: Sequence[Result]) -> float | None:
    same = [each for each in results if (each.case, each.shots) == (one.case, one.shots)]
    return next((each.figures.top_1 for each in same if each.method == RAPIDFUZZ.title), None)


def direct(results: Sequence[Result]) -> list[str]:
    """What is answered at once, and how much of that is wrong."""
    rows = [
        [
            *_where(one),
            one.method,
            f"{_share(one.figures.halved_direct)} ({_share(one.figures.halved_wrong)})",
            _shipped(one),
            _zones(one),
            _share(one.figures.solved),
        ]
        for one in results
        if one.figures.top_1 is not None
    ]
    heads = ["set", "shots", "method", "direct (wrong of it), threshold from the other half"]
    heads += ["direct (wrong of it), shipped threshold", "direct / choice / person", "solved"]
    return table(heads, rows)


def _shipped(one: Result) -> str:
    if one.figures.direct is None:
        return "—"
    return f"{_share(one.figures.direct)} ({_share(one.figures.wrong)})"


def _zones(one: Result) -> str:
    figures = one.figures
    shares = (figures.direct, figures.choice, figures.person)
    return "—" if figures.direct is None else " / ".join(map(_share, shares))


def people(results: Sequence[Result]) -> list[str]:
    """Questions that have no answer here: they belong to a person."""
    rows = [
        [one.case, one.method, str(one.questions), _zones(one)]
        for one in results
        if one.figures.top_1 is None and one.figures.person is not None
    ]
    return table(["questions", "method", "number", "direct / choice / person"], rows)


def noise(found: Sequence[Kept]) -> list[str]:
    """The share of the clean top-1 that is left."""
    heads = list(dict.fromkeys(one.noise for one in found))
    rows = []
    for case, method in dict.fromkeys((one.case, one.method) for one in found):
        mine = {one.noise: one for one in found if (one.case, one.method) == (case, method)}
        clean = next(iter(mine.values())).clean
        shares = [f"{mine[head].share:.0%}" if head in mine else "—" for head in heads]
        rows.append([TITLES[case], method, _share(clean), *shares])
    return table(["set", "method", "clean top-1", *heads], rows)


def speed(found: Sequence[Speed]) -> list[str]:
    """What a question and a knowledge base cost."""
    titles = {method.key: method.title for method in METHODS}
    slow = {one.entries: one.p50_ms for one in found if one.method == RAPIDFUZZ.key}
    rows = [
        [
            f"{one.entries:,} × 4",
            titles[one.method],
            f"{one.p50_ms:.2f} / {one.p99_ms:.2f}",
            f"{slow[one.entries] / one.p50_ms:.1f} ×" if one.entries in slow else "—",
            f"{one.build_s:.2f}",
            f"{one.memory_mb:.0f}",
            f"{one.import_s:.2f}",
        ]
        for one in found
    ]
    heads = ["entries", "method", "p50 / p99 ms", "faster than rapidfuzz", "build s", "memory MB", "import s"]
    return table(heads, rows)


def licences(sets: Iterable[PublicSet] = PUBLIC) -> list[str]:
    """Whose the public sets are."""
    return table(["set", "source", "licence"], [[one.title, one.source, one.licence] for one in sets])


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table, or nothing without rows."""
    return [_line(heads), "|" + "---|" * len(heads), *map(_line, rows)] if rows else []


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _where(one: Result) -> list[str]:
    return [TITLES[one.case], str(one.shots or "all")]


def _ratio(value: float | None, against: float | None) -> str:
    return f"{value / against:.2f} ×" if value and against else "—"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
