"""What whoever serves the page shows beside the chats: pages of other addresses, and what one can set off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.accounts import Json

Words = Mapping[str, str]
"""A caption by language."""


@dataclass(frozen=True)
class BesidePage:
    """A page in a frame; it has to allow that."""

    caption: Words
    url: str


@dataclass(frozen=True)
class BesideDeed:
    """A button that posts to an address of the page's own server."""

    caption: Words
    path: str


@dataclass(frozen=True)
class Beside:
    """A column at the right, opened by a button; nothing if there are no pages."""

    caption: Words = field(default_factory=dict)
    pages: tuple[BesidePage, ...] = ()
    deeds: tuple[BesideDeed, ...] = ()

    def card(self) -> Json | None:
        """What the page is told; None if there is nothing to show."""
        if not self.pages:
            return None
        return {
            "caption": dict(self.caption),
            "pages": [{"caption": dict(each.caption), "url": each.url} for each in self.pages],
            "deeds": [{"caption": dict(each.caption), "path": each.path} for each in self.deeds],
        }

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the pages come from, as a browser's policy names it."""
        parts = [urlsplit(each.url) for each in self.pages]
        return tuple(
            sorted({f"{part.scheme}://{part.netloc}" if part.netloc else "'self'" for part in parts})
        )
