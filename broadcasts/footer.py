"""The footer: what stands below a notice to one person."""

from dataclasses import dataclass

from desk.post import Rows


@dataclass(frozen=True, slots=True)
class NoticeFooter:
    """A line of HTML (or none) and buttons."""

    html: str = ""
    rows: Rows = ()
