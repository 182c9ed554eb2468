"""Fit the weights of the matcher on public sets and show them beside the shipped ones.

--write puts them into faq/matching/weights.json; --held-out fits without a set and asks its test part.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from faq.matching import meaning
from faq.matching.matcher import build
from faq.matching.weights import Weights, shipped
from tests.benches.fitting import bases, confidence, rank
from tests.benches.fitting.bases import Pool
from tests.benches.matching import cases, page, protocol
from tests.benches.matching.methods import Method, Remembering

WEIGHTS = cases.ROOT / "faq" / "matching" / "weights.json"
ONLY_TAUGHT = ("taught", "meaning_taught")
"""Parts that a base too large to be taught does not have."""


def options() -> argparse.Namespace:
    """What to fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help=f"folder of the public sets, else {cases.VARIABLE}")
    parser.add_argument("--held-out", choices=[one.name for one in cases.LEARNABLE], help="learn without it")
    parser.add_argument("--quick", action="store_true", help="fewer and smaller draws")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.relative_to(cases.ROOT)}")
    asked = parser.parse_args()
    if asked.write and (asked.quick or asked.held_out):
        parser.error("only a whole fit is written: leave out --quick and --held-out")
    return asked


def encoders() -> dict[str, meaning.Encoder | None]:
    """For each kind of weights what reads the texts; `meaning` only where the extra is installed."""
    with_meaning = {"meaning": Remembering(meaning.open_encoder())} if meaning.is_installed() else {}
    return {"letters": None, **with_meaning}


def fitted(
    every: Sequence[Pool], encoder: meaning.Encoder | None, held_out: str | None, *, quick: bool
) -> Weights:
    """Ranking first, since what speaks for the best depends on which is the best."""
    rankings = [
        rank.collected(case, encoder)
        for pool in every
        if pool.public.name != held_out
        for case in bases.for_ranking(pool, quick=quick)
    ]
    ranked = Weights(rank.fit(rankings), rank.fit(rankings, ONLY_TAUGHT), {})
    outcomes = [
        outcome
        for pool, draw in bases.for_confidence(every, quick=quick)
        if pool.public.name != held_out
        for outcome in confidence.collected(bases.simulated(pool, draw), ranked, encoder)
    ]
    return Weights(ranked.rank, ranked.untaught, confidence.fit(outcomes))


def beside(kind: str, weights: Weights) -> list[str]:
    """The weights beside those that are shipped, as a table."""
    new, old = asdict(weights), asdict(shipped(kind))
    rows = [
        [group, name, f"{value:g}", f"{old[group].get(name, 0.0):g}"]
        for group, values in new.items()
        for name, value in values.items()
    ]
    return [f"## {kind}", "", *page.table(["", "weight", "fitted", "shipped"], rows), ""]


def held_out(
    name: str, weights: Weights, encoder: meaning.Encoder | None, folder: Path, *, quick: bool
) -> list[str]:
    """How these weights do on a set that they have never seen."""
    public = next(one for one in cases.LEARNABLE if one.name == name)
    method = Method(
        "fitted",
        f"fitted without {public.title}",
        lambda knowledge: build(knowledge, encoder=encoder, weights=weights),
        zones=True,
    )
    repeats, every = (1, cases.SHOTS[1:2]) if quick else (cases.REPEATS, cases.SHOTS)
    results = [
        result
        for shots in every
        for result in protocol.few_shots([method], public, folder, shots, repeats)
        if result.questions
    ]
    return [*page.quality(results), "", *page.direct(results), ""]


def fit(
    asked: argparse.Namespace, folder: Path, every: Sequence[Pool], say: Callable[[str], object]
) -> dict[str, Weights]:
    """Each kind of weights, shown as soon as it is there."""
    found = {}
    for kind, encoder in encoders().items():
        found[kind] = fitted(every, encoder, asked.held_out, quick=asked.quick)
        lines = beside(kind, found[kind])
        if asked.held_out:
            lines += held_out(asked.held_out, found[kind], encoder, folder, quick=asked.quick)
        say("\n".join([*lines, ""]))
    return found


def main() -> None:
    """Fit, show, and write if asked to and if everything was there."""
    asked = options()
    folder = cases.data_folder(asked.data)
    lacking = cases.missing(folder)
    lacking += [] if meaning.is_installed() else [f"the extra {meaning.PACKAGE}"]
    if lacking:
        sys.stderr.write(f"Not there ({cases.VARIABLE} names the sets' folder): {', '.join(lacking)}.\n")
    every = bases.pools(folder) if folder else []
    if folder is None or all(pool.public.name == asked.held_out for pool in every):
        sys.exit("There is nothing to learn from.")
    if asked.write and lacking:
        sys.exit(
            "Nothing is written: weights that were fitted on less would take the place of the shipped ones."
        )
    found = fit(asked, folder, every, sys.stdout.write)
    if asked.write:
        text = json.dumps({kind: asdict(weights) for kind, weights in found.items()}, indent=2)
        WEIGHTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
