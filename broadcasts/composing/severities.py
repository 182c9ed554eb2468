"""The names of the severities in all our languages."""

from broadcasts.incident import Severity
from desk.people import Texts


def named(word: str, texts: Texts) -> Severity | None:
    """The severity that a word or a coloured circle names; None if it names none."""
    asked = word.strip().casefold()
    for severity in Severity:
        words = {severity.value, severity.sign}
        for language in texts.languages:
            words.update(texts.plain(f"severity.words.{severity.value}", language).split())
        if asked in words:
            return severity
    return None
