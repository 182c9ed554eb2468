"""Fit the weights of the matcher on public sets and show them beside the shipped ones.

--write puts them into faq/matching/weights.json; --held-out fits without a set and asks its test part.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from faq.matching.encoders.choice import extra_of
from faq.matching.matcher import build
from faq.matching.meaning import Encoder
from faq.matching.weights import Kind, Weights, shipped
from tests.benches.fitting import bases, confidence, hard, rank, thresholds, traffic
from tests.benches.fitting.asked import UNFITTED
from tests.benches.fitting.bases import Pool
from tests.benches.fitting.confidence import Outcomes
from tests.benches.fitting.thresholds import Foretold
from tests.benches.fitting.traffic import Busy
from tests.benches.matching import cases, page, protocol
from tests.benches.matching.methods import ENCODERS, Method, is_there, remembering

WEIGHTS = cases.ROOT / "faq" / "matching" / "weights.json"
GROUPS = ("rank", "untaught", "confidence", "choice")
THRESHOLDS = ("sure", "unsure", "strangers", "stands_out", "next_up")
ONLY_TAUGHT = ("taught", "meaning_taught")
"""Parts that a base too large to be taught does not have."""
KINDS: tuple[Kind, ...] = ("letters", "meaning", "ensemble")
READ_BY = {"meaning": ENCODERS["semantic"], "ensemble": ENCODERS["ensemble"]}


def options() -> argparse.Namespace:
    """What to fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help=f"folder of the public sets, else {cases.VARIABLE}")
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=KINDS, help="fit only these")
    parser.add_argument("--held-out", choices=[one.name for one in cases.LEARNABLE], help="learn without it")
    parser.add_argument("--quick", action="store_true", help="fewer and smaller draws")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.relative_to(cases.ROOT)}")
    asked = parser.parse_args()
    if asked.write and (asked.quick or asked.held_out):
        parser.error("only a whole fit is written: leave out --quick and --held-out")
    return asked


def encoders(kinds: Sequence[Kind]) -> dict[Kind, Encoder | None]:
    """For each kind of weights what reads the texts; only those whose extra is installed."""
    there = [kind for kind in kinds if kind not in READ_BY or is_there(READ_BY[kind])]
    return {kind: remembering(READ_BY[kind]) if kind in READ_BY else None for kind in there}


@dataclass(frozen=True)
class Fit:
    """Weights, and what each base's questions were given by those of the other sets."""

    weights: Weights
    outcomes: Sequence[Outcomes]
    foretold: Sequence[Foretold]
    busy: Mapping[str, Sequence[Busy]]

    def told(self) -> list[list[str]]:
        """What the thresholds do on each set's bases, as rows of a table."""
        return [self._row(name) for name in (None, *sorted({one.pool for one in self.outcomes}))]

    def _row(self, name: str | None) -> list[str]:
        mine = [at for at, one in enumerate(self.outcomes) if name in (None, one.pool)]
        outcomes, every = [self.outcomes[at] for at in mine], [self.foretold[at] for at in mine]
        direct, wrong = thresholds.answered(outcomes, [one.confidence for one in every], self.weights.sure)
        solved = thresholds.solved(outcomes, every, self.weights.sure)
        return [name or "all", str(len(mine)), f"{direct:.3f}", f"{wrong:.3f}", f"{solved:.3f}"]


def fitted(
    every: Sequence[Pool], kind: Kind, encoder: Encoder | None, held_out: str | None, *, quick: bool
) -> Fit:
    """Ranking first, since what speaks for the best depends on which is the best."""
    learned = [pool for pool in every if pool.public.name != held_out]
    drawn = [case for pool in learned for case in hard.hard(pool, quick=quick)]
    alike = [case for pool in learned for case in bases.even(pool, quick=quick)]
    rankings = [rank.collected(case, encoder) for case in (*alike, *drawn)]
    ranked = replace(UNFITTED, rank=rank.fit(rankings), untaught=rank.fit(rankings, ONLY_TAUGHT))
    busy = traffic.harder(learned, ranked, encoder, quick=quick)
    whole = traffic.whole(learned, ranked, encoder, quick=quick)
    outcomes = [one.outcomes for one in busy]
    strangers = thresholds.STRANGERS_TO_PEOPLE[kind]
    foretold = thresholds.held_out(outcomes, strangers)
    weights = replace(
        ranked,
        confidence=confidence.fit(outcomes),
        choice=confidence.fit_choice(outcomes),
        sure=traffic.sure(busy),
        unsure=thresholds.LEAST,
        strangers=strangers,
        right=confidence.usual(outcomes),
    )
    stands_out = thresholds.stands_out(outcomes, foretold, weights.sure)
    next_up = thresholds.next_up(outcomes, [one.confidence for one in foretold], stands_out)
    weights = replace(weights, stands_out=stands_out, next_up=next_up)
    return Fit(weights, outcomes, foretold, {"harder": busy, "even, complete": whole})


def beside(kind: Kind, fit: Fit) -> list[str]:
    """The weights beside those that are shipped, as a table, and what the thresholds do."""
    new, old = asdict(fit.weights), asdict(shipped(kind))
    rows = [
        [group, name, f"{value:g}", f"{old[group].get(name, 0.0):g}"]
        for group in GROUPS
        for name, value in new[group].items()
    ]
    rows += [["share", "right", f"{new['right']:g}", f"{old['right']:g}"]]
    rows += [["threshold", name, f"{new[name]:g}", f"{old[name]:g}"] for name in THRESHOLDS]
    done = page.table(["bases of", "number", "direct", "wrong of it", "solved"], fit.told())
    weighed = page.table(["", "weight", "fitted", "shipped"], rows)
    told = "Each set's bases, judged by weights that were fitted on the other sets:"
    asked = "With traffic, at that threshold: direct, wrong of it; and what the rule would give there."
    sets = sorted({one.pool for one in fit.outcomes})
    columns = ["bases", "asked before", "all", *sets, "sure by the rule"]
    after = page.table(columns, list(traffic.table(fit.outcomes, fit.busy, fit.weights.sure)))
    return [f"## {kind}", "", *weighed, "", told, "", *done, "", asked, "", *after, ""]


def held_out(name: str, weights: Weights, encoder: Encoder | None, folder: Path, *, quick: bool) -> list[str]:
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


def fit_all(
    asked: argparse.Namespace, folder: Path, every: Sequence[Pool], say: Callable[[str], object]
) -> dict[Kind, Weights]:
    """Each kind of weights, shown as soon as it is there."""
    found: dict[Kind, Weights] = {}
    for kind, encoder in encoders(asked.kinds).items():
        fit = fitted(every, kind, encoder, asked.held_out, quick=asked.quick)
        found[kind] = fit.weights
        lines = beside(kind, fit)
        if asked.held_out:
            lines += held_out(asked.held_out, fit.weights, encoder, folder, quick=asked.quick)
        say("\n".join([*lines, ""]))
    return found


def main() -> None:
    """Fit, show, and write if asked to and if everything was there."""
    asked = options()
    folder = cases.data_folder(asked.data)
    lacking = cases.missing(folder)
    read_by = [READ_BY[kind] for kind in asked.kinds if kind in READ_BY]
    lacking += [f"the extra {extra_of(choice)}" for choice in read_by if not is_there(choice)]
    if lacking:
        sys.stderr.write(f"Not there ({cases.VARIABLE} names the sets' folder): {', '.join(lacking)}.\n")
    every = bases.pools(folder) if folder else []
    if folder is None or all(pool.public.name == asked.held_out for pool in every):
        sys.exit("There is nothing to learn from.")
    if asked.write and lacking:
        sys.exit(
            "Nothing is written: weights that were fitted on less would take the place of the shipped ones."
        )
    found = fit_all(asked, folder, every, sys.stdout.write)
    if asked.write:
        before = json.loads(WEIGHTS.read_text("utf-8"))
        text = json.dumps(before | {kind: asdict(weights) for kind, weights in found.items()}, indent=2)
        WEIGHTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
