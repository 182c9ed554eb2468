"""What managers press below an alert: publish the draft, open it, put it off, or see such alerts no more."""

from dataclasses import replace
from datetime import datetime

from broadcasts.alerts.board import AlertBoard
from broadcasts.alerts.kept import Alerts, KeptAlert
from broadcasts.alerts.sheet import PRESSES, AlertWording
from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.conversation import IncidentConversation
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts
from broadcasts.incident import Incidents
from desk.authority import Attempt, Right
from desk.conversation import Command, Conversation, Press, number
from desk.profile import Profile
from desk.talk import Talk

INCIDENT = IncidentConversation.PRESSES
"""What a draft's own buttons say goes to the conversation about incidents."""
PUBLISHING = frozenset({"publish", "mute", "unmute"})
"""What is public, and what keeps others from seeing alerts at all."""


class AlertConversation(Conversation):
    """The buttons below alerts."""

    PRESSES = PRESSES
    REFUSED = "manager.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"

    def __init__(
        self,
        profile: Profile,
        *,
        alerts: Alerts,
        incidents: Incidents,
        drafts: NoticeDrafts,
        composer: NoticeComposer,
        board: AlertBoard,
        now: datetime,
    ) -> None:
        self._alerts, self._drafts, self._now = alerts, drafts, now
        self._composer, self._board = composer, board
        self._wording = AlertWording(profile, alerts=alerts, incidents=incidents, now=now)

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press makes, for the audit."""
        assert isinstance(wish, Press)  # noqa: S101 - it has no commands
        right = Right.PUBLISH if wish.action in PUBLISHING else Right.DRAFT
        return Attempt(wish.action, f"alert:{wish.subject}"[:64], right)

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press; returns the toast, if any."""
        alert_id = number(press.words[0]) if press.words else None
        first = None if alert_id is None else self._alerts.get(alert_id)
        if first is None or not first.leads:
            talk.disarm(press.message_id)
            return talk.plain("manager.dead_button")
        match press.action, press.words:
            case "publish", [_, token]:
                return self._publish(first, token, press.message_id, talk)
            case "open", [_]:
                return self._open(first, talk)
            case "later", [_]:
                return self._decide(replace(first, put_off=True), "alerted.toast.later", talk)
            case "mute", [_] if first.alike:
                return self._mute(first, talk, muted=True)
            case "unmute", [_]:
                return self._mute(first, talk, muted=False)
        return talk.plain("manager.dead_button")

    def _publish(self, first: KeptAlert, token: str, message_id: int, talk: Talk) -> str:
        """Publish what stands in the message, if it is what the alert suggests still."""
        if first.incident_id is not None:
            return talk.plain("manager.already_published")
        if token != self._wording.token(first) or first.muted or not self._alerts.count(first.id).firing:
            self._board.show(first.id)
            return talk.plain("alerted.changed")
        draft = self._wording.draft(first, talk.person.telegram_id, talk.where)
        if draft.text is None:
            return talk.plain("manager.dead_button")
        if self._wording.takes_two(draft):
            self._begin(draft, talk)
            return talk.plain("approval.takes_two")
        self._drafts.leave(draft)
        return self._composer.publish(draft.token, message_id, talk.under(INCIDENT))

    def _open(self, first: KeptAlert, talk: Talk) -> str | None:
        """Begin a draft of this manager's with what the alert suggests, or go on with the one they have."""
        if first.incident_id is not None:
            return talk.plain("manager.already_published")
        self._begin(self._wording.draft(first, talk.person.telegram_id, talk.where), talk)
        return None

    def _begin(self, suggested: NoticeDraft, talk: Talk) -> None:
        begun = self._drafts.like(suggested)
        if begun is not None:  # its words are this manager's by now; how bad it is the alert knows better
            suggested = replace(begun.again(self._now), severity=suggested.severity)
        self._composer.go_on(suggested, talk.under(INCIDENT))

    def _decide(self, decided: KeptAlert, key: str, talk: Talk) -> str:
        if decided.incident_id is not None:
            return talk.plain("manager.already_published")
        self._alerts.keep(replace(decided, decided=talk.person.name))
        self._board.show(decided.id)
        return talk.plain(key)

    def _mute(self, first: KeptAlert, talk: Talk, *, muted: bool) -> str:
        if first.incident_id is not None:
            return talk.plain("manager.already_published")
        self._alerts.mute(first.id, muted=muted, by=talk.person.name)
        self._board.show(first.id)
        return talk.plain("alerted.toast.muted" if muted else "alerted.toast.unmuted")
