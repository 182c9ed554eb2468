"""Who is measured: our matcher as it is shipped, with the sentence encoder, and the baselines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from faq.entries.knowledge import Knowledge
from faq.judging.evaluate import TriedMatcher
from faq.matching import meaning
from faq.matching.encoders.choice import Choice, NoEncoder
from faq.matching.encoders.opening import open_encoder
from faq.matching.weights import Kind
from tests.benches.matching import baselines

if TYPE_CHECKING:
    from faq.matching.meaning import Floats

Build = Callable[[Knowledge], TriedMatcher]


@dataclass(frozen=True)
class Method:
    """A way to find entries. Only ours have zones; a baseline knows nothing but an order."""

    key: str
    title: str
    build: Build
    zones: bool


class Remembering:
    """An encoder that reads no text twice: it saves minutes and is never used where time is measured."""

    def __init__(self, encoder: meaning.Encoder) -> None:
        self._encoder, self._known = encoder, dict[str, "Floats"]()

    @property
    def model(self) -> str:
        """That of the encoder behind it."""
        return self._encoder.model

    @property
    def kind(self) -> Kind:
        """The weights of the encoder behind it."""
        return self._encoder.kind

    def encode(self, texts: Sequence[str]) -> "Floats":
        """As the encoder would."""
        import numpy as np

        if missing := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= dict(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


@cache
def remembering(choice: Choice) -> meaning.Encoder:
    """The encoder, each text read once in the whole run. Raises NoEncoder."""
    return Remembering(open_encoder(choice))


def is_there(choice: Choice) -> bool:
    """Whether it can be measured here."""
    try:
        open_encoder(choice)
    except NoEncoder:
        return False
    return True


def light(knowledge: Knowledge) -> TriedMatcher:
    """Ours as installed without extras."""
    from faq.matching.matcher import build

    return build(knowledge)


def with_encoder(choice: Choice, knowledge: Knowledge) -> TriedMatcher:
    """Ours with an encoder, its vectors remembered between knowledge bases."""
    from faq.matching.matcher import build

    return build(knowledge, encoder=remembering(choice))


def afresh(choice: Choice, knowledge: Knowledge) -> TriedMatcher:
    """The same as it runs, for measuring time."""
    from faq.matching.matcher import build

    return build(knowledge, encoder=open_encoder(choice))


RAPIDFUZZ = Method("rapidfuzz", "rapidfuzz token_set_ratio alone", baselines.rapidfuzz, zones=False)
METHODS = (
    Method("light", "Otklik", light, zones=True),
    Method("semantic", "Otklik with the encoder", partial(with_encoder, "use"), zones=True),
    Method("ensemble", "Otklik with two encoders", partial(with_encoder, "use+e5"), zones=True),
    RAPIDFUZZ,
    Method("tfidf", "scikit-learn, char TF-IDF", baselines.tf_idf, zones=False),
    Method("bm25", "bm25s over stems", baselines.bm25, zones=False),
)
ENCODERS: dict[str, Choice] = {"semantic": "use", "ensemble": "use+e5"}
AFRESH = {method.key: method.build for method in METHODS} | {
    key: partial(afresh, choice) for key, choice in ENCODERS.items()
}


def chosen(keys: Sequence[str] = ()) -> list[Method]:
    """Those named, or all; encoders only where they are installed."""
    wanted = [method for method in METHODS if not keys or method.key in keys]
    return [method for method in wanted if method.key not in ENCODERS or is_there(ENCODERS[method.key])]
