"""Words that managers write, in all our languages, from the catalogue."""

from desk.people import Texts


def spoken(texts: Texts, key: str) -> list[str]:
    """The words of a kind in all languages; those written as one with "_" are several."""
    return [
        word.replace("_", " ")
        for language in texts.languages
        for word in texts.plain(f"promise.words.{key}", language).split()
    ]
