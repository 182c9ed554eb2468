"""The words by which secrets are told from other numbers, in all our languages at once."""

import re

from faq.language.lexicon import LANGUAGES, language_data


def words(group: str) -> list[str]:
    """The pieces of regular expressions under this name."""
    return [each for language in LANGUAGES for each in language_data(language)["secrets"][group]]


def either(*groups: str) -> str:
    """Any of the pieces, as one piece."""
    return f"(?:{'|'.join(piece for group in groups for piece in words(group))})"


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, whatever the capitals."""
    return re.compile(pattern, re.IGNORECASE)
