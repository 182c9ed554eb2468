"""The effort that is made to understand one text, counted in letters and words: bounded whatever people type.

It is counted and not timed, so that the same text is understood in the same way on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_GLUED, _MOST_GLUED = 80, 160
_ODD, _MOST_ODD = 160, 240
_EACH = 16
"""One more letter for every so many of the text."""
AGAIN, UNKNOWN = 600, 40
REMEMBERED = 512
"""Of so many texts it is remembered what they are: more are never in hand at once."""
PROBED = 30
"""By so many words it is judged in which way a whole text was typed."""


@dataclass(slots=True)
class Effort:
    """How many letters may still be cut into words, or read in another way, and how many words corrected.

    What is over stays as it was typed.
    """

    glued: int
    odd: int
    again: int = AGAIN
    unknown: int = UNKNOWN
    spent: int = 0

    @classmethod
    def on(cls, text: str) -> "Effort":
        """What is enough for anybody who forgot the spaces, or the layout of the keys, in this text."""
        more = len(text) // _EACH
        return cls(min(_MOST_GLUED, _GLUED + more), min(_MOST_ODD, _ODD + more))

    def cuts(self, word: str) -> bool:
        """Whether there is enough left to cut this word; it is spent."""
        if self.glued < len(word):
            return False
        self.glued -= len(word)
        self.spent += len(word)
        return True

    def corrects(self) -> bool:
        """Whether there is enough left to look for a slip in one more word; it is spent."""
        if not self.unknown:
            return False
        self.unknown -= 1
        self.spent += 1
        return True

    def goes_over(self, words: Sequence[str]) -> bool:
        """Whether there is enough left to read all of these once more; it is spent."""
        letters = sum(map(len, words))
        if self.again < letters:
            return False
        self.again -= letters
        self.spent += letters
        return True

    def rereads(self, token: str) -> bool:
        """Whether there is enough left to read this in other ways; it is spent."""
        if self.odd < len(token):
            return False
        self.odd -= len(token)
        self.spent += len(token)
        return True
