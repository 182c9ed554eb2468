"""The preview of a notice: what will stand where, who gets it, and the buttons below it."""

from collections.abc import Sequence
from datetime import datetime

from broadcasts.announcement import Announcement
from broadcasts.composing.faster import faster
from broadcasts.composing.promised import Passed, PromiseReader
from broadcasts.composing.reaches import Reaches
from broadcasts.composing.second import takes_two
from broadcasts.incident import Audience, Notice, NoticeKind
from broadcasts.telling.wording import IncidentWording
from desk.authority import Right, may
from desk.formatted import Html, bare
from desk.post import Button, Media, Say
from desk.profile import Profile
from desk.talk import Talk


class NoticePreview:
    """Shows an announcement exactly as it will look, with what is to be known before the press."""

    def __init__(self, profile: Profile, reaches: Reaches, now: datetime) -> None:
        self._profile, self._reaches, self._now = profile, reaches, now
        self._wording, self._promises = IncidentWording(profile), PromiseReader(profile.texts)

    def show(
        self,
        announcement: Announcement,
        before: Sequence[Notice],
        talk: Talk,
        *,
        on: int | None = None,
        rows: Sequence[Sequence[Button]] = (),
        instead: Sequence[Sequence[Button]] = (),
        left_out: str = "",
    ) -> None:
        """Send the preview, or rewrite the message `on` with it.

        `rows` stand below the usual buttons, others `instead` of them.
        """
        post = self._wording.post(announcement.plan, [*before, announcement.notice])
        attached = announcement.notice.attached
        frame = self._frame(announcement, before, talk, post if attached is None else None) + left_out
        buttons = [*(instead or self._buttons(announcement, before, talk, opened=bool(rows))), *rows]
        if attached is not None:
            if on is not None:
                talk.disarm(on)
            shown = post if announcement.notice.number == 1 else self._reply(announcement, before)
            talk.send(Say(html=shown, media=Media(attached.kind, attached.file_id)))
            talk.say(frame, buttons)
        elif on is not None:
            talk.rewrite(on, frame, buttons)
        else:
            talk.say(frame, buttons)

    def _reply(self, announcement: Announcement, before: Sequence[Notice]) -> str:
        return self._wording.reply(announcement.plan, [*before, announcement.notice])

    def _frame(
        self, announcement: Announcement, before: Sequence[Notice], talk: Talk, post: Html | None
    ) -> str:
        notice, plan = announcement.notice, announcement.plan
        reach = quicker = None
        if notice.audience is Audience.CONCERNED:
            reach = self._reaches.of(announcement.incident_id, plan.components)
            quicker = faster(self._profile, announcement, reach) if notice.stars else None
        return talk.text(
            "manager.preview",
            post=post,
            kind=notice.kind.value,
            channel=self._profile.places.channel,
            audience=notice.audience.value,
            rings=notice.rings,
            reach=reach,
            people=None if reach is None else talk.plain("manager.reach.people", n=reach.people),
            lasts=None if reach is None else talk.spell(reach.lasts),
            quicker=None
            if quicker is None
            else [talk.brief(each) for each in (quicker.lasts, quicker.usual)],
            stars=talk.stars(notice.stars),
            passed=self._passed(notice),
            advertising=notice.advertising,
            picture_stays=notice.kind is NoticeKind.WITHDRAWN and before[0].attached is not None,
        )

    def _passed(self, notice: Notice) -> str | None:
        """A time that the text promises although it has passed."""
        read = self._promises.read(bare(notice.text), self._now.astimezone(self._profile.zone))
        return read.clock if isinstance(read, Passed) and notice.next_by is None else None

    def _buttons(
        self, announcement: Announcement, before: Sequence[Notice], talk: Talk, *, opened: bool
    ) -> list[list[Button]]:
        """What may be done with it: as far as the rights of whoever sees it go."""
        token = announcement.token
        publishes = may(self._profile, talk.person.telegram_id, Right.PUBLISH)
        two = takes_two(self._profile, announcement.notice, before)
        cancel = talk.button("button.cancel", "cancel", token)
        if publishes and not two:
            rows = [[talk.button("button.publish", "publish", token), cancel]]
        else:
            key = "button.submit_to_second" if publishes else "button.submit"
            rows = [[talk.button(key, "submit", token)], [cancel]]
            if publishes:
                rows.insert(1, [talk.button("button.glass", "glass", token)])
        return rows if opened else [*rows, [talk.button("button.change", "change", token)]]
