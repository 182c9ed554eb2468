"""The numbers that were learned from public sets of customers' questions and are shipped with us."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """`rank` weighs what speaks for a candidate, `confidence` what says whether the best is right.

    A base that is too large to be taught is ranked by `untaught`.
    """

    rank: Mapping[str, float]
    untaught: Mapping[str, float]
    confidence: Mapping[str, float]


@cache
def shipped(kind: str) -> Weights:
    """`letters` for matching by letters and words alone, `meaning` with an encoder."""
    data = json.loads((files("faq") / "matching" / "weights.json").read_text("utf-8"))[kind]
    return Weights(data["rank"], data["untaught"], data["confidence"])
