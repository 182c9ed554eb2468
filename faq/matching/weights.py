"""The numbers that were learned from public sets of customers' questions and are shipped with us."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from faq.matching.match import NEVER, Thresholds

Kind: TypeAlias = Literal["letters", "meaning", "ensemble"]
"""Letters and words alone, an encoder beside them, or two encoders as one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`rank` weighs what speaks for a candidate, `confidence` what says whether the best is right.

    A base that is too large to be taught is ranked by `untaught`; `choice` says whether the right one is
    among those offered. `right` is the share of questions whose best was the right one where `confidence` was
    fitted. The rest are the thresholds that go with them.
    """

    rank: Mapping[str, float]
    untaught: Mapping[str, float]
    confidence: Mapping[str, float]
    choice: Mapping[str, float]
    right: float
    sure: float
    unsure: float
    strangers: float
    stands_out: float = NEVER
    next_up: float = NEVER

    def thresholds(self, sure: float | None = None, unsure: float | None = None) -> Thresholds:
        """Those that were measured, or others in their place."""
        return Thresholds(
            self.sure if sure is None else sure,
            self.unsure if unsure is None else unsure,
            self.stands_out,
            self.next_up,
            self.strangers if unsure is None else None,
        )


@cache
def shipped(kind: Kind) -> Weights:
    """Those for a way of matching."""
    return Weights(**json.loads((files("faq") / "matching" / "weights.json").read_text("utf-8"))[kind])
