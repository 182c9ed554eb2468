"""A letter from the row to its words, and from what became of it to what is done next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from broadcasts.backup.kept import Absences, KeptLetter, LetterState
from broadcasts.backup.managers import AWAY
from broadcasts.backup.telling import HeardFromTelegram, number_of
from broadcasts.backup.trial import CODE
from broadcasts.incident import Incidents
from broadcasts.telling.wording import IncidentWording
from desk.formatted import Html, cut
from desk.letters.letter import (
    BackupAddress,
    ChannelBroken,
    Letter,
    LetterLate,
    LetterOutcome,
    LetterRefused,
    LetterTaken,
    LetterUncertain,
    NobodyThere,
)
from desk.profile import Profile

LASTS = timedelta(hours=24)
"""A letter that could not be sent for so long says nothing that is true any more."""
LATE_BEFORE_NEXT, UNCERTAIN_TRIES = 3, 3
"""After so many late answers another address of the person is tried; so often something uncertain is sent."""
MENDING, LONGEST = timedelta(minutes=5), timedelta(minutes=15)
TITLE = 120


class SendingLetters(Protocol):
    """The letters that wait to be sent."""

    def waiting(self, channel: str, limit: int) -> Sequence[KeptLetter]:
        """Those of a channel whose time has come, oldest first."""

    def start(self, letter_ids: Sequence[int]) -> None:
        """Note that they are on their way, one more time."""

    def begin_again(self, channel: str) -> None:
        """Let what was on its way by a channel when a process died wait again."""

    def settle(self, letter_id: int, state: LetterState, *, reason: str = "", message_id: str = "") -> None:
        """Note what became of one."""

    def postpone(self, letter_id: int, until: datetime, reason: str) -> None:
        """Let one wait until then."""

    def taken_as(self, channel: str, message_id: str) -> KeptLetter | None:
        """The letter that a channel has taken by this name and not delivered as far as is known."""

    def delivered(self, letter_id: int) -> None:
        """Note that one is on the person's telephone."""

    def spare(self, letter: KeptLetter) -> KeptLetter | None:
        """The best address of the person that was not tried."""


class LeftAddresses(Protocol):
    """Addresses that are not to be written to any more."""

    def withdrawn(self, addresses: Collection[BackupAddress]) -> frozenset[BackupAddress]:
        """Which of these were ended by whoever is there."""


class CodeLetters(Protocol):
    """Who sends codes by which people show that an address is theirs."""

    def word(self, kept: KeptLetter) -> Letter | None:
        """The letter with the code; None if it is good no more."""

    def not_arrived(self, kept: KeptLetter) -> None:
        """Nobody is at the address, or the letter was refused there."""


class Broken(Protocol):
    """Who wants to know that a channel takes nothing."""

    def to_managers(self, key: str, /, *, cause: str = "", **params: object) -> None:
        """Say that something is wrong."""


class Spares(Protocol):
    """Who takes back what Telegram was to bring."""

    def told_elsewhere(self, incident_id: int, number: int, customer_id: int) -> None:
        """Somebody has just heard of a notice by another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSide:
    """What Telegram does meanwhile: whether it is away, whom it has told, what it need not bring any more."""

    absences: Absences
    heard: HeardFromTelegram
    spares: Spares


class LetterSending:
    """Says what is to be sent, and decides on what became of it."""

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        letters: SendingLetters,
        addresses: LeftAddresses,
        codes: CodeLetters,
        telegram: TelegramSide,
        alarm: Broken,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._letters = profile, incidents, letters
        self._telegram, self._alarm, self._now = telegram, alarm, now
        self._addresses, self._codes = addresses, codes

    def begin_again(self, channel: str) -> None:
        """Take up what another process has left on its way: it may come twice, which is better than never."""
        self._letters.begin_again(channel)

    def take(self, channel: str, most: int) -> list[tuple[KeptLetter, Letter]]:
        """The next letters of a channel with their words; they count as on their way."""
        taken, waiting = [], self._letters.waiting(channel, most)
        left = self._addresses.withdrawn([each.at for each in waiting if each.incident_id is not None])
        for kept in waiting:
            letter = self._worded(kept)
            if kept.at in left and kept.incident_id is not None:
                self._leave_out(kept)
            elif kept.posted_at < self._now - LASTS:
                self._letters.settle(kept.id, LetterState.FAILED, reason="too old")
            elif letter is None or self._heard_already(kept):
                self._letters.settle(kept.id, LetterState.SPARED)
            else:
                taken.append((kept, letter))
        self._letters.start([kept.id for kept, _ in taken])
        return taken

    def settled(self, kept: KeptLetter, outcome: LetterOutcome) -> None:
        """Act on what became of a letter."""
        match outcome:
            case LetterTaken(message_id):
                self._letters.settle(kept.id, LetterState.TAKEN, message_id=message_id)
                self._spare_telegram(kept)
            case LetterUncertain(reason) if kept.attempts + 1 < UNCERTAIN_TRIES:
                self._letters.postpone(kept.id, self._now + timedelta(minutes=1), reason)
            case LetterUncertain(reason):
                self._give_up(kept, reason)
                self._letters.settle(kept.id, LetterState.UNCERTAIN, reason=reason)
            case LetterLate(reason, seconds):
                self._late(kept, reason, timedelta(seconds=seconds))
            case ChannelBroken(reason):
                self._tell_broken(kept.at.channel, reason)
                if not self._give_up(kept, reason):
                    self._letters.postpone(kept.id, self._now + MENDING, reason)
            case NobodyThere(reason) | LetterRefused(reason):
                if not self._give_up(kept, reason):
                    self._letters.settle(kept.id, LetterState.FAILED, reason=reason)
                    if _brings_code(kept):
                        self._codes.not_arrived(kept)

    def told_later(self, channel: str, message_id: str, outcome: LetterOutcome) -> bool:
        """Act on what a channel says of a letter after it has taken it; False if it is none that is open."""
        kept = self._letters.taken_as(channel, message_id)
        if kept is None:
            return False
        if isinstance(outcome, LetterTaken):
            self._letters.delivered(kept.id)
        elif kept.posted_at < self._now - LASTS:
            self._letters.settle(kept.id, LetterState.FAILED, reason=outcome.reason)
        else:
            self.settled(kept, outcome)
        return True

    def _heard_already(self, kept: KeptLetter) -> bool:
        """Whether Telegram has told the customer, or is about to: what lies there while it is away waits."""
        if kept.incident_id is None or kept.customer_id is None:
            return False
        there, number = self._telegram.absences.now() is None, number_of(kept.subject)
        who = [kept.customer_id]
        return bool(self._telegram.heard.reached(kept.incident_id, number, who, posted=there))

    def _spare_telegram(self, kept: KeptLetter) -> None:
        if kept.incident_id is not None and kept.customer_id is not None:
            number = number_of(kept.subject)
            self._telegram.spares.told_elsewhere(kept.incident_id, number, kept.customer_id)

    def _late(self, kept: KeptLetter, reason: str, pause: timedelta) -> None:
        grown = min(LONGEST, pause * 2 ** min(kept.attempts, 8))
        if kept.attempts + 1 < LATE_BEFORE_NEXT or not self._give_up(kept, reason):
            self._letters.postpone(kept.id, self._now + max(pause, grown), reason)

    def _leave_out(self, kept: KeptLetter) -> None:
        """Whoever is there wants no more letters; another address of theirs is another matter."""
        spare = self._letters.spare(kept)
        self._letters.settle(kept.id, LetterState.SPARED, reason="unsubscribed")
        if spare is not None:
            self._letters.postpone(spare.id, self._now, "")

    def _give_up(self, kept: KeptLetter, reason: str) -> bool:
        """Go on to another address of the person; False if there is none."""
        spare = self._letters.spare(kept)
        if spare is None:
            return False
        self._letters.settle(kept.id, LetterState.FAILED, reason=reason)
        self._letters.postpone(spare.id, self._now, "")
        return True

    def _tell_broken(self, channel: str, reason: str) -> None:
        self._alarm.to_managers("alert.channel_broken", cause=channel, channel=channel, reason=reason)

    def _worded(self, kept: KeptLetter) -> Letter | None:
        """The letter; None if there is nothing to say any more."""
        if kept.incident_id is not None:
            return self._about(kept, kept.incident_id, number_of(kept.subject))
        if _brings_code(kept):
            return self._codes.word(kept)
        what, _, since = kept.subject.partition(":")
        how = "away" if what == AWAY else "back"
        texts, language = self._profile.texts, self._profile.language
        at = datetime.fromtimestamp(int(since), self._profile.zone)
        moment = texts.moment(language, at, self._now.astimezone(self._profile.zone))
        return Letter(
            key=kept.subject,
            title=self._headed(texts.plain(f"letters.{how}.title", language)),
            html=Html(texts.say(f"letters.{how}.text", language, at=moment)),
            language=language,
        )

    def _about(self, kept: KeptLetter, incident_id: int, number: int) -> Letter | None:
        incident = self._incidents.get(incident_id)
        notices = self._incidents.notices(incident_id)[:number]
        if incident is None or not notices:
            return None
        wording = IncidentWording(self._profile)
        return Letter(
            key=kept.subject,
            title=cut(f"{notices[-1].severity.sign} {self._headed(incident.title)}", TITLE),
            html=wording.reply(incident, notices),
            language=self._profile.language,
            link=f"{self._profile.page_url}/i/{incident.id}" if self._profile.page_url else "",
            unsubscribe=self._profile.leave.to(kept.at),
            leaving=self._leaving(kept.at),
        )

    def _leaving(self, at: BackupAddress) -> str:
        """How these letters are ended: by the link that stands behind these words, or in words."""
        way = "link" if self._profile.page_url else "reply" if at.channel == "email" else "bot"
        return self._profile.texts.plain(f"letters.leave.{way}", self._profile.language)

    def _headed(self, title: str) -> str:
        """With the company's name, by which people know whose letter it is."""
        return f"{self._profile.company}: {title}" if self._profile.company else title


def _brings_code(kept: KeptLetter) -> bool:
    return kept.subject.startswith(f"{CODE}:")
