"""How managers call the severities: in any of our languages, or by the coloured circle itself."""

from broadcasts.incident import Severity
from desk.people import Texts


def named(word: str, texts: Texts) -> Severity | None:
    """The severity a word means, in capitals or not; None if it means none."""
    asked = word.strip().casefold()
    for severity in Severity:
        words = {severity.value, severity.sign}
        for language in texts.languages:
            words.update(texts.plain(f"severity.words.{severity.value}", language).split())
        if asked in words:
            return severity
    return None
