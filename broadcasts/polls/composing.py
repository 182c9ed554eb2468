"""The composer of polls: asks for what is missing, shows a preview, and publishes exactly that."""

from dataclasses import replace
from datetime import datetime

from broadcasts.polls.poll import Poll, PollAudience, Polls
from broadcasts.polls.poll_preview import DAYS, PollPreview
from broadcasts.polls.publishing import PollPublishing
from broadcasts.polls.reading import PollFlaw, PollReader, ReadPoll, flaw_of
from desk.authority import Audit
from desk.conversation import ManagerMessage, number
from desk.formatted import bare
from desk.kinds import NAMED
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

CHANGES = frozenset({"publish", "cancel", "whom", "several", "until", "days", "time", "words"})


class PollComposer:
    """Leads a draft from its first word to the press that publishes it."""

    def __init__(
        self,
        profile: Profile,
        *,
        polls: Polls,
        preview: PollPreview,
        publishing: PollPublishing,
        audit: Audit,
        now: datetime,
    ) -> None:
        self._profile, self._polls, self._preview = profile, polls, preview
        self._publishing, self._audit, self._now = publishing, audit, now
        self._reader = PollReader(profile.texts)

    def knows(self, action: str) -> bool:
        """Whether a press with this word is about a draft."""
        return action in CHANGES

    def begin(self, talk: Talk, html: str, kind: str) -> None:
        """Begin a draft with a whole poll, a question, or nothing; a former one here goes."""
        audience = self._preview.audiences()[0]
        draft = Poll(
            author_id=talk.person.telegram_id,
            where=talk.where,
            language=talk.language,
            audience=audience,
            touched_at=self._now,
        )
        self._written(
            self._polls.add(draft), self._reader.read(bare(html), self._local_now), talk, _beside(kind, talk)
        )

    def asked_at(self, talk: Talk) -> datetime | None:
        """Since when a draft here waits for its manager's words."""
        draft = self._hearing(talk)
        return None if draft is None else draft.touched_at

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take words as what was asked for; False if nothing was."""
        draft, text = self._hearing(talk), bare(told.html)
        if draft is None:
            return False
        if not text.strip():
            talk.say(talk.text("manager.words_needed"))
        elif draft.asking == "until":
            self._end_told(draft, text, talk)
        elif draft.asking == "options":
            read = self._reader.options(text, self._local_now)
            self._written(draft, replace(read, question=draft.question), talk, _beside(told.kind, talk))
        else:
            read = self._reader.read(text, self._local_now)
            self._written(draft, read, talk, _beside(told.kind, talk))
        return True

    def pressed(self, action: str, token: str, word: str, message_id: int, talk: Talk) -> str | None:
        """Carry out a press below a draft; returns the toast, if any."""
        draft = self._polls.find(token)
        if draft is None:
            talk.disarm(message_id)
            return talk.plain("manager.dead_button")
        match action:
            case "publish":
                return self._publish(draft, message_id, talk)
            case "cancel":
                self._polls.drop(draft)
                talk.rewrite(message_id, talk.text("manager.cancelled"))
            case "whom":
                self._show(replace(draft, audience=self._next(draft.audience)), talk, message_id)
            case "several" if not draft.scale:
                self._show(replace(draft, several=not draft.several), talk, message_id)
            case "until":
                self._show(draft, talk, message_id, times=True)
            case "days" if word in map(str, (0, *DAYS)):
                self._show(replace(draft, days=number(word) or None, ends_at=None), talk, message_id)
            case "time" | "words":
                talk.disarm(message_id)
                self._ask(replace(draft, asking="until" if action == "time" else "question"), talk)
        return None

    def _written(self, draft: Poll, read: ReadPoll, talk: Talk, beside: str) -> None:
        """Take what was written, and go on to what is lacking or wrong."""
        flaw = flaw_of(read.question, read.options)
        question = "" if flaw is not None and flaw.asks == "question" else read.question
        draft = replace(
            draft,
            question=question,
            options=() if flaw is not None else read.options,
            scale=read.scale and flaw is None,
            several=draft.several and not read.scale,
            ends_at=read.ends_at or draft.ends_at,
            days=draft.days if read.ends_at is None else None,
        )
        if not draft.question or not draft.options:
            asking = "options" if draft.question else "question"
            self._ask(replace(draft, asking=asking), talk, flaw, beside)
        else:
            self._show(replace(draft, asking=None), talk, beside=beside)

    def _end_told(self, draft: Poll, text: str, talk: Talk) -> None:
        read = self._reader.end(text, self._local_now)
        if isinstance(read, PollFlaw):
            self._ask(draft, talk, read)
        else:
            self._show(replace(draft, ends_at=read, days=None, asking=None), talk)

    def _ask(self, draft: Poll, talk: Talk, flaw: PollFlaw | None = None, beside: str = "") -> None:
        """Ask for what is lacking, after what is wrong with what was written."""
        draft = self._kept(draft)
        said = [] if flaw is None else [talk.text(flaw.key, **flaw.params)]
        said.append(talk.text(f"poll.ask.{draft.asking}", question=draft.question))
        rows: list[list[Button]] = [[talk.button("button.cancel", "cancel", draft.token)]]
        if not draft.question:
            rows.insert(0, [talk.button("poll.button.list", "list")])
        talk.say("\n\n".join(said) + beside, rows)

    def _show(
        self, draft: Poll, talk: Talk, on: int | None = None, *, times: bool = False, beside: str = ""
    ) -> None:
        self._preview.show(self._kept(draft), talk, on, times=times, beside=beside)

    def _publish(self, draft: Poll, message_id: int, talk: Talk) -> str:
        """Publish what stands in the preview; the token is spent with the draft."""
        if draft.ends_at is not None and draft.ends_at <= self._now:
            self._show(replace(draft, ends_at=None), talk, message_id)
            return talk.plain("poll.time_passed")
        if draft.audience not in self._preview.audiences():
            self._show(replace(draft, audience=self._preview.audiences()[0]), talk, message_id)
            return talk.plain("poll.no_channel")
        if self._preview.asks_nobody(draft):
            return talk.plain("poll.nobody")
        if not draft.question or not draft.options:
            return talk.plain("manager.dead_button")
        poll = self._publishing.publish(draft, message_id, talk.where)
        self._audit.note(
            talk.person.telegram_id,
            "published",
            f"poll:{poll.id}",
            allowed=True,
            at=self._now,
            details=draft.audience.value,
        )
        return talk.plain("manager.toast.published")

    def _kept(self, draft: Poll) -> Poll:
        """The draft as it is shown from now on, under a token of its own."""
        sealed = replace(draft, touched_at=self._now).sealed()
        self._polls.keep(sealed)
        return sealed

    def _hearing(self, talk: Talk) -> Poll | None:
        draft = self._polls.draft_of(talk.person.telegram_id, talk.where.chat_id)
        return draft if draft is not None and draft.hears(talk.where, self._now) else None

    def _next(self, audience: PollAudience) -> PollAudience:
        there = self._preview.audiences()
        return there[(there.index(audience) + 1) % len(there)] if audience in there else there[0]

    @property
    def _local_now(self) -> datetime:
        return self._now.astimezone(self._profile.zone)


def _beside(kind: str, talk: Talk) -> str:
    """A line that names what came with the words and is not carried; empty if nothing did."""
    if kind == "text":
        return ""
    named = talk.plain(f"kind.{kind}") if kind in NAMED else talk.plain("manager.attachment")
    return "\n\n" + talk.text("manager.left_out", kind=named)
