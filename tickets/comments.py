"""Which words may be a comment on what somebody has just chosen."""

from desk.content import Content
from faq.understanding.wishes import wants_person


def is_comment(content: Content) -> bool:
    """Whether they may: plain words of one's own that do not ask for a person."""
    return content.kind == "text" and not content.passes_on and not wants_person(content.text)
