"""What it costs a knowledge base that some of its questions stand in it twice, with one answer.

`python -m tests.benches.fitting.split` asks the harder bases as they are, with every third entry split in
two that answer differently as far as the matcher knows, and split in two that answer the same.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from random import Random

from faq.entries.entry import ANY, Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.judging.evaluate import MatchFigures, evaluate
from faq.judging.labelled import OUT_OF_SCOPE
from faq.matching.encoders.opening import is_installed, open_encoder
from faq.matching.matcher import build
from faq.matching.meaning import Encoder
from tests.benches.fitting import bases, hard
from tests.benches.matching import cases, page

SPLIT = 3
OTHER = "~2"


@dataclass(frozen=True)
class Shares:
    """Means over bases, each counting alike."""

    direct: float
    wrong_of_it: float
    solved: float

    @classmethod
    def of(cls, every: list[MatchFigures]) -> "Shares":
        direct = sum(one.direct or 0.0 for one in every) / len(every)
        wrong = sum((one.direct or 0.0) * (one.wrong_direct or 0.0) for one in every) / len(every)
        solved = [one.solved for one in every if one.solved is not None]
        return cls(direct, wrong / direct if direct else 0.0, sum(solved) / len(solved))


def split(case: cases.Case, seed: str, *, same: bool) -> cases.Case:
    """The case with every third entry of two phrasings or more in two halves; either is right."""
    lot = Random(seed)
    halves = [half for entry in case.knowledge.entries for half in _halves(entry, lot, same=same)]
    there = {half.id for half in halves}
    rows = tuple(
        replace(row, also=(row.intent + OTHER,))
        if row.intent != OUT_OF_SCOPE and row.intent + OTHER in there
        else row
        for row in case.rows
    )
    return replace(case, knowledge=Knowledge(tuple(halves)), rows=rows)


def _halves(entry: Entry, lot: Random, *, same: bool) -> Iterator[Entry]:
    ways = lot.sample(ways_to_ask(entry), len(ways_to_ask(entry)))
    if len(ways) < 2 or lot.randrange(SPLIT):
        yield entry
        return
    middle = lot.randrange(1, len(ways))
    for name, part in ((entry.id, ways[:middle]), (entry.id + OTHER, ways[middle:])):
        answer = entry.answer if same else {ANY: name}
        phrasings = {ANY: tuple(part[1:])} if part[1:] else {}
        yield replace(entry, id=name, question={ANY: part[0]}, phrasings=phrasings, answer=answer)


def compared(drawn: Sequence[cases.Case], encoder: Encoder | None) -> list[str]:
    """The three ways beside each other."""
    ways: dict[str, Callable[[cases.Case, str], cases.Case]] = {
        "whole": lambda case, _: case,
        "split, two answers": lambda case, seed: split(case, seed, same=False),
        "split, one answer": lambda case, seed: split(case, seed, same=True),
    }
    rows = []
    for name, make in ways.items():
        asked = (make(case, f"split:{place}") for place, case in enumerate(drawn))
        shares = Shares.of(
            [
                evaluate(build(case.knowledge, encoder=encoder), case.rows, case.language).figures
                for case in asked
            ]
        )
        rows.append([name, *(f"{share:.3f}" for share in astuple(shares))])
    title = f"{'with the encoder' if encoder else 'letters'}, {len(drawn)} bases"
    return page.table([title, "direct", "wrong of it", "solved"], rows)


def main() -> None:
    """All bases by letters; some with the encoder, if it is installed, for it takes ten times as long."""
    folder = cases.data_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    if folder is None:
        sys.exit("There is nothing to ask.")
    pools = bases.pools(folder)
    for encoder in [None, open_encoder("use")] if is_installed() else [None]:
        drawn = [case for pool in pools for case in hard.hard(pool, quick=encoder is not None)]
        sys.stdout.write("\n".join([*compared(drawn, encoder), "", ""]))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
