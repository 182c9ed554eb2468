"""Measure how well and how fast questions are matched; --write puts it into docs/benchmarks/faq.md."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from tests.benches.matching import cases, page, protocol
from tests.benches.matching.cases import LEARNABLE, REPEATS, ROOT, SHOTS
from tests.benches.matching.latency import measure
from tests.benches.matching.methods import METHODS, Method, chosen

PAGE = ROOT / "docs" / "benchmarks" / "faq.md"
SIZES = (1000, 10_000)
Measurement = TypeVar("Measurement")
PARTS = ("quality", "noise", "speed")


def options() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help=f"folder of the public sets, else {cases.VARIABLE}")
    parser.add_argument("--quick", action="store_true", help="one repeat instead of five")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument(
        "--sets", nargs="*", default=["provider", *(one.name for one in (*LEARNABLE, cases.EVERYDAY))]
    )
    parser.add_argument("--shots", nargs="*", type=int, default=SHOTS)
    parser.add_argument("--methods", nargs="*", default=[], help=" ".join(one.key for one in METHODS))
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    return parser.parse_args()


def quality(asked: argparse.Namespace, methods: list[Method], data: Path | None) -> Iterator[protocol.Result]:
    """Every set with every number of phrasings, and our own whole."""
    repeats = 1 if asked.quick else REPEATS
    if "provider" in asked.sets:
        yield from protocol.whole(methods, cases.provider())
    if data is None:
        return
    for public in (one for one in LEARNABLE if one.name in asked.sets):
        for shots in asked.shots:
            yield from protocol.few_shots(methods, public, data, shots, repeats)
    for everyday in cases.strangers(data) if cases.EVERYDAY.name in asked.sets else ():
        yield from protocol.whole([method for method in methods if method.zones], everyday)


def noise(asked: argparse.Namespace, methods: list[Method], data: Path | None) -> Iterator[protocol.Kept]:
    """Our own set and five phrasings of each public one."""
    if "provider" in asked.sets:
        yield from protocol.noise(methods, cases.provider())
    for public in LEARNABLE:
        if data and public.name in asked.sets:
            case = cases.few_shots(public, data, protocol.NOISY_SHOTS, cases.SEED)
            yield from protocol.noise(methods, case) if case else ()


def told(measured: Iterable[Measurement]) -> list[Measurement]:
    """All of them; whoever waits sees each as it comes."""
    found = []
    for one in measured:
        found.append(one)
        sys.stderr.write(f"{one}\n")
    return found


def document(asked: argparse.Namespace) -> str:
    """Measure everything that was asked for."""
    data, methods = cases.data_folder(asked.data), chosen(asked.methods)
    speeds = (measure(one.key, size) for size in SIZES for one in methods)
    results = told(quality(asked, methods, data)) if "quality" in asked.parts else []
    spoilt = told(noise(asked, methods, data)) if "noise" in asked.parts else []
    times = told(speeds) if "speed" in asked.parts else []
    return page.document(
        results,
        spoilt,
        times,
        repeats=1 if asked.quick else REPEATS,
        missing=cases.missing(data),
        variable=cases.VARIABLE,
    )


def main() -> None:
    """Measure, show, and write if asked to."""
    asked = options()
    text = document(asked)
    sys.stdout.write(text)
    if asked.write:
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
