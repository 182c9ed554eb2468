"""Provenance: a line of ours above a message with what Telegram tells about it, as whose words those are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html import escape

from desk.content import Content, Origin
from desk.formatted import cut
from desk.kinds import NAMED
from desk.profile import Profile
from tickets.ticket import Message

FOR_EVER = 0x7FFFFFFF
"""The period of a live location that is shown until it is switched off."""
LONGEST_QUOTE = 300


def provenance_of(profile: Profile, content: Content, language: str, *, inside: bool) -> str:
    """The line, empty if there is nothing to say; customers (not `inside`) hear only of public channels."""
    said = [_origin(profile, content.origin, language, inside=inside)]
    if inside and content.is_live:
        said.append(_live(profile, content.extra["live_period"], language))
    if inside and content.kind == "other":
        said.append(f"[{_kind(profile, content.extra.get('named', ''), language)}]")
    return " · ".join(each for each in said if each)


def with_provenance(
    profile: Profile, messages: Sequence[Message], language: str, *, inside: bool
) -> list[Message]:
    """The messages of a run with their provenance above the words, said once for neighbours that share it.

    One that does not fit is left as it is: its line went ahead.
    """
    shown, before = list[Message](), ""
    for message in messages:
        line = provenance_of(profile, message.content, language, inside=inside)
        content = message.content.with_line_above(line) if line and line != before else None
        shown.append(message if content is None else replace(message, content=content))
        before = line
    return shown


def ahead(profile: Profile, content: Content) -> str:
    """The line as a message of its own, as HTML, if the content has no room for it; else empty."""
    line = provenance_of(profile, content, profile.language, inside=True)
    if not line or content.with_line_above(line) is not None:
        return ""
    html = f"<i>{escape(line)}</i>"
    if content.quote and content.origin is not None:
        html += f"\n<blockquote>{escape(cut(content.quote, LONGEST_QUOTE))}</blockquote>"
    return html


def _origin(profile: Profile, origin: Origin | None, language: str, *, inside: bool) -> str:
    if origin is None or not (inside or origin.public):
        return ""
    if origin.how == "forwarded":
        return profile.texts.plain("remark.forwarded", language, name=origin.name)
    if not origin.kind:
        return profile.texts.plain("remark.answers", language, name=origin.name)
    kind = _kind(profile, origin.kind, language)
    return profile.texts.plain("remark.answers_kind", language, name=origin.name, kind=kind)


def _live(profile: Profile, period: int, language: str) -> str:
    if period >= FOR_EVER:
        return profile.texts.plain("remark.live", language)
    spell = profile.texts.spell(language, timedelta(seconds=period))
    return profile.texts.plain("remark.live_for", language, spell=spell)


def _kind(profile: Profile, kind: str, language: str) -> str:
    """Our name of a kind; of one nobody has listed, Telegram's."""
    if kind in NAMED:
        return profile.texts.plain(f"kind.{kind}", language)
    return profile.texts.plain("kind.unknown", language, name=kind)
