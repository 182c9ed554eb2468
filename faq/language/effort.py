"""The effort that is made to understand one text, counted in letters and words: bounded whatever people type.

It is counted and not timed, so that the same text is understood in the same way on every machine.
"""

from collections.abc import Sequence
from typing import NamedTuple

from faq.language.typing_habits import Reading

_GLUED, _MOST_GLUED = 80, 160
_ODD, _MOST_ODD = 160, 240
_EACH = 16
"""One more letter for every so many of the text."""
AGAIN, UNKNOWN = 600, 40
REMEMBERED = 512
"""Of so many texts it is remembered what they are: more are never in hand at once."""
PROBED, MOST_PROBED = 30, 240
"""By so many words it is judged in which way a text was typed, and by so many in all of its pieces."""


class Word(NamedTuple):
    """A word as it was understood, and how likely it was the one meant, from 0 to 1."""

    text: str
    trust: float = 1.0


class Effort:
    """How many letters may still be cut into words, or read in another way, and how many words corrected.

    What is over stays as it was typed. A text and its pieces share one, and what was read once is remembered.
    """

    def __init__(self, glued: int, odd: int) -> None:
        self._left = {"glued": glued, "odd": odd, "again": AGAIN, "unknown": UNKNOWN, "probed": MOST_PROBED}
        self.likely: Reading | None = None
        """How the text was typed as a whole, once that was judged: what is not judged was typed like that."""
        self.read: dict[tuple[str, Reading], list[Word]] = {}
        self.spent = 0

    @classmethod
    def on(cls, text: str) -> "Effort":
        """What is enough for anybody who forgot the spaces, or the layout of the keys, in this text."""
        more = len(text) // _EACH
        return cls(min(_MOST_GLUED, _GLUED + more), min(_MOST_ODD, _ODD + more))

    def for_pieces(self) -> "Effort":
        """As much as any text gets, for all pieces of this one; what was read already costs nothing."""
        renewed = Effort(_MOST_GLUED, _MOST_ODD)
        renewed.read, renewed.likely = self.read, self.likely
        return renewed

    @property
    def is_over(self) -> bool:
        """Whether so much of the text is unknown that the rest may be taken as it is."""
        return not self._left["unknown"]

    def probes(self, words: Sequence[str]) -> Sequence[str]:
        """Those of the words by which there is enough left to judge how they were typed; it is spent."""
        probed = words[: 0 if self.is_over else min(PROBED, self._left["probed"])]
        self._spends("probed", len(probed))
        return probed

    def cuts(self, word: str) -> bool:
        """Whether there is enough left to cut this word; it is spent."""
        return self._spends("glued", len(word))

    def corrects(self) -> bool:
        """Whether there is enough left to look for a slip in one more word; it is spent."""
        return self._spends("unknown", 1)

    def goes_over(self, words: Sequence[str]) -> bool:
        """Whether there is enough left to read all of these once more; it is spent."""
        return not self.is_over and self._spends("again", sum(map(len, words)))

    def may_reread(self, token: str) -> bool:
        """Whether there is enough left to read this in other ways."""
        return self._left["odd"] >= len(token)

    def rereads(self, token: str) -> bool:
        """The same, and it is spent."""
        return self._spends("odd", len(token))

    def _spends(self, what: str, much: int) -> bool:
        if self._left[what] < much:
            return False
        self._left[what] -= much
        self.spent += much
        return True
