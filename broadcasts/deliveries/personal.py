"""What one person reads of a notice: its words below the incident's title, and its picture."""

from collections.abc import Sequence

from broadcasts.footer import NoticeFooter
from broadcasts.incident import Attached, Incident, Notice, NoticeKind, as_told
from broadcasts.telling.wording import IncidentWording
from desk.content import CAPTION_LIMIT, TEXT_LIMIT
from desk.formatted import Html, bare, between, length_of
from desk.kinds import CAPTIONED
from desk.post import Media, Rewrite, Say
from desk.profile import Profile


class PersonalWording:
    """Writes a notice to people in private, in the desk's language."""

    def __init__(self, profile: Profile) -> None:
        self._profile, self._wording = profile, IncidentWording(profile)

    def told(self, incident: Incident, notices: Sequence[Notice], number: int) -> Html:
        """A notice as it reads now: corrected, or withdrawn."""
        return self._headed(incident, read_now(notices, number))

    def says(
        self,
        incident: Incident,
        notices: Sequence[Notice],
        number: int,
        footer: NoticeFooter,
        answers: int | None,
    ) -> tuple[Say, ...]:
        """The messages that tell it; words that are too long for a caption stand below their picture."""
        html = _with(self.told(incident, notices, number), footer)
        media = media_of(notices, number)
        if media is None or fits(html, media):
            return (Say(html=html, rows=footer.rows, media=media, answers=answers),)
        return Say(media=media, answers=answers), Say(html=html, rows=footer.rows)

    def mends(
        self,
        incident: Incident,
        notices: Sequence[Notice],
        number: int,
        footer: NoticeFooter,
        message_id: int,
    ) -> Rewrite:
        """The better text for a message that told it."""
        html = _with(self.told(incident, notices, number), footer)
        media, first = media_of(notices, number), [each for each in notices if each.number <= number]
        if media is not None and not fits(_with(self._headed(incident, first), footer), media):
            media = None  # the words stand in a message of their own
        limit = TEXT_LIMIT if media is None else CAPTION_LIMIT
        if length_of(html) > limit:
            html = Html(between(html, 0, limit - 1) + "…")
        return Rewrite(message_id=message_id, html=html, rows=footer.rows, media=media)

    def _headed(self, incident: Incident, notices: Sequence[Notice]) -> Html:
        """The incident's title and what kind of news this is; no title that only repeats the text."""
        last, step = notices[-1], self._wording.reply(incident, notices)
        if not incident.title or last.kind is NoticeKind.WITHDRAWN or _begins(last.text, incident.title):
            return step
        said = self._profile.texts.say("incident.about", self._profile.language, title=incident.title)
        return Html(f"{said}\n\n{step}")


def read_now(notices: Sequence[Notice], number: int) -> list[Notice]:
    """The notices up to this one as they read now; of a withdrawn incident, its withdrawal."""
    if notices and notices[-1].kind is NoticeKind.WITHDRAWN:
        return as_told(notices)
    kept = list[Notice]()
    for notice in notices:
        if notice.number > number and notice.kind is not NoticeKind.CORRECTED:
            break
        kept.append(notice)
    return as_told(kept)


def media_of(notices: Sequence[Notice], number: int) -> Media | None:
    """What is attached to a notice."""
    found = next((each.attached for each in notices if each.number == number), None)
    return None if found is None else _media(found)


def fits(html: str, media: Media) -> bool:
    """Whether the words may stand under the file."""
    return media.kind in CAPTIONED and length_of(html) <= CAPTION_LIMIT


def _media(attached: Attached) -> Media:
    return Media(attached.kind, attached.file_id)


def _with(html: str, footer: NoticeFooter) -> Html:
    return Html(f"{html}\n\n{footer.html}" if footer.html else html)


def _begins(text: str, title: str) -> bool:
    said = " ".join(bare(text).split())
    return said.startswith(title.rstrip("…"))
