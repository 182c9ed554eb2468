"""The incident channel: one post per incident that is edited as it goes on, and a reply for each step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from broadcasts.incident import Incident, Incidents, Kind, Notice
from broadcasts.trouble import Trouble
from broadcasts.wording import Wording
from desk.post import Blocked, Call, Failed, Lane, Outbox, Outcome, Parcel, Sent, rewrite, say
from desk.profile import Profile
from desk.talk import Where

GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


class Channel:
    """Keeps the channel at what has been told, and goes on from what Telegram did with it.

    The post's number is known only when Telegram has taken it. Steps told before that wait here, not in the
    outbox: they are posted when the post stands.
    """

    def __init__(self, profile: Profile, incidents: Incidents, outbox: Outbox) -> None:
        self._profile, self._incidents, self._outbox = profile, incidents, outbox
        self._wording = Wording(profile)

    def catch_up(self, incident_id: int, origin: Where, *, again: bool = False) -> None:
        """Bring the channel to what has been told; `again` also when nothing has been told since."""
        incident = self._incidents.get(incident_id)
        if incident is None or incident.posting:
            return
        notices = self._incidents.notices(incident_id)
        untold = [notice for notice in notices if notice.message_id is None]
        if incident.post_id is None:
            self._post(incident, notices, origin)
        elif untold or again:
            call = rewrite(incident.post_id, self._wording.post(incident.severity, notices))
            self._send(incident, "edit", notices[-1], call, origin)
            for notice in untold:
                self._reply(incident, notices[: notice.number], origin)

    def mend(self, incident_id: int, origin: Where) -> None:
        """What was told last stands corrected where it was told, if that is not the post itself."""
        incident, notices = self._incidents.get(incident_id), self._incidents.notices(incident_id)
        wrong = [notice for notice in notices if notice.kind is not Kind.CORRECTED][-1]
        if incident is None or wrong.message_id in {None, incident.post_id}:
            return
        mended = [*notices[: wrong.number - 1], replace(wrong, text=notices[-1].text)]
        call = rewrite(wrong.message_id or 0, self._wording.reply(incident.severity, mended))
        self._send(incident, "mend", wrong, call, origin)

    def heard(self, kind: str, ref: dict[str, Any], outcome: Outcome) -> None:
        """Telegram has said what became of a post, an edit or a reply."""
        incident, origin = self._incidents.get(ref["incident"]), Where(*ref["origin"])
        if incident is None:
            return
        match kind, outcome:
            case "incident.post", Sent((post_id, *_)):
                self._incidents.posted(incident.id, post_id, ref["last"])
                self.catch_up(incident.id, origin)
            case "incident.reply", Sent((message_id, *_)):
                self._incidents.replied(incident.id, ref["last"], message_id)
            case "incident.edit", Failed(reason) if any(sign in reason for sign in GONE):
                if incident.post_id == ref["post"]:  # the first to find it deleted posts it anew
                    self._post(incident, self._incidents.notices(incident.id), origin)
            case (("incident.post" | "incident.edit" | "incident.reply"), (Failed() | Blocked())):
                if kind == "incident.post":
                    self._incidents.posting(incident.id, None)
                refusal = outcome.reason if isinstance(outcome, Failed) else None
                Trouble(self._profile, self._outbox).tell(incident.id, origin, refusal)

    def _post(self, incident: Incident, notices: Sequence[Notice], origin: Where) -> None:
        channel_id = self._profile.places.channel
        if channel_id is not None:
            self._incidents.posting(incident.id, channel_id)
            call = say(self._wording.post(incident.severity, notices))
            self._send(replace(incident, channel_id=channel_id), "post", notices[-1], call, origin)

    def _reply(self, incident: Incident, notices: Sequence[Notice], origin: Where) -> None:
        """An edit alone notifies nobody."""
        call = say(self._wording.reply(incident.severity, notices))
        call["reply_parameters"] = {"message_id": incident.post_id, "allow_sending_without_reply": True}
        self._send(incident, "reply", notices[-1], call, origin)

    def _send(self, incident: Incident, what: str, last: Notice, call: Call, origin: Where) -> None:
        if incident.channel_id is None:
            return
        if call["method"] == "sendMessage" and not (incident.severity.rings and last.kind.rings):
            call["disable_notification"] = True
        # Steps told in quick succession need one edit, and no step needs two replies.
        same = {"edit": f"incident:{incident.id}:edit", "reply": f"incident:{incident.id}:{last.number}"}
        self._outbox.post(
            Parcel(
                chat_id=incident.channel_id,
                lane=Lane.INCIDENT,
                call=call,
                kind=f"incident.{what}",
                ref={
                    "incident": incident.id,
                    "last": last.number,
                    "post": incident.post_id,
                    "origin": [origin.chat_id, origin.thread_id],
                },
                dedupe=same.get(what),
            )
        )
