"""Words without their endings. A word's script says which language's endings those are."""

from collections.abc import Callable
from functools import lru_cache
from threading import local


class _Stemmers(local):
    """A stemmer works on the word it holds, so every thread has its own pair."""

    def __init__(self) -> None:
        import snowballstemmer

        self.russian: Callable[[str], str] = snowballstemmer.stemmer("russian").stemWord
        self.english: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord


@lru_cache(maxsize=1)
def _stemmers() -> _Stemmers:
    return _Stemmers()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    stemmers = _stemmers()
    return stemmers.russian(word) if "а" <= word[:1] <= "я" else stemmers.english(word)
