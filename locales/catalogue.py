"""One language's gettext catalogue, read straight from its .po file: nobody has to compile anything."""

import gettext
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).parent
DOMAIN = "otklik"


@dataclass(frozen=True)
class Catalogue:
    """The short texts of one language by key; those that count something have one form per plural."""

    language: str
    keys: frozenset[str]
    counting: frozenset[str]
    translations: gettext.GNUTranslations

    def text(self, key: str) -> str:
        """Return the text kept under the key."""
        return self.translations.gettext(key)

    def counted(self, key: str, n: int) -> str:
        """Return the form of the text that suits the number."""
        return self.translations.ngettext(key, key, n)


def languages() -> tuple[str, ...]:
    """Every language that has a catalogue, Russian first."""
    found = (path.parent.parent.name for path in HOME.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return tuple(sorted(found, reverse=True))


@cache
def catalogue(language: str) -> Catalogue:
    """Read one language's catalogue; about 20 ms for 500 texts, once a process."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (HOME / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    keys = {message.id: False for message in messages if isinstance(message.id, str) and message.id}
    keys |= {message.id[0]: True for message in messages if not isinstance(message.id, str)}
    return Catalogue(
        language=language,
        keys=frozenset(keys),
        counting=frozenset(key for key, counting in keys.items() if counting),
        translations=gettext.GNUTranslations(compiled),
    )
