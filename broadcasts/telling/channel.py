"""The incident channel: one post for each incident, edited as it goes on, and a reply for each notice."""

from collections.abc import Sequence
from dataclasses import replace

from broadcasts.incident import Audience, Incident, Incidents, Notice, NoticeKind
from broadcasts.telling.trouble import tell_trouble
from broadcasts.telling.wording import IncidentWording, media_of
from desk.placement import Placement, Placements
from desk.post import Blocked, Body, Chat, Failed, Lane, Media, Outbox, Outcome, Parcel, Rewrite, Say, Sent
from desk.profile import Profile


class Channel:
    """Posts and edits in the channel, and goes on when the outcome of a post is known.

    The post's id is known only when the channel has taken it. Notices told before that wait here, not in
    the outbox: they are posted when the post stands.
    """

    def __init__(
        self, profile: Profile, incidents: Incidents, placements: Placements, outbox: Outbox
    ) -> None:
        self._profile, self._incidents, self._outbox = profile, incidents, outbox
        self._placements, self._wording = placements, IncidentWording(profile)

    def catch_up(self, incident_id: int, origin: Chat, *, again: bool = False) -> None:
        """Post notices the channel does not tell yet; `again` edits the post even if there are none."""
        incident, post = self._incidents.get(incident_id), self._placements.of(_post(incident_id))
        if incident is None or (post is not None and post.message_id is None):
            return
        notices = self._incidents.notices(incident_id)
        if post is None:
            self._publish(incident, notices, origin)
            return
        untold = self._untold(incident_id, notices)
        if untold or again:
            html = self._wording.post(incident, notices)
            body = Rewrite(message_id=post.message_id or 0, html=html, media=media_of(notices))
            self._send("edit", incident, post, notices[-1], body, origin)
            for notice in untold:
                if notice.audience is Audience.NOBODY:  # the edit tells it, and nobody is called to look
                    self._placements.put(_notice(incident_id, notice.number), post)
                else:
                    self._reply(incident, post, notices[: notice.number], origin)

    def mend(self, incident_id: int, origin: Chat) -> None:
        """Correct the reply that told the corrected notice, if it was not the post itself."""
        incident, notices = self._incidents.get(incident_id), self._incidents.notices(incident_id)
        wrong = [notice for notice in notices if notice.kind is not NoticeKind.CORRECTED][-1]
        stands, post = (
            self._placements.of(each) for each in (_notice(incident_id, wrong.number), _post(incident_id))
        )
        if incident is None or stands is None or stands.message_id is None or stands == post:
            return
        mended = [*notices[: wrong.number - 1], replace(wrong, text=notices[-1].text)]
        html, media = self._wording.reply(incident, mended), _media(wrong)
        body = Rewrite(message_id=stands.message_id, html=html, media=media)
        self._send("mend", incident, stands, wrong, body, origin)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Go on from the outcome of a post, an edit or a reply."""
        ref = parcel.ref
        incident, origin = self._incidents.get(ref["incident"]), Chat(*ref["origin"])
        if incident is None or not isinstance(parcel.to, Chat):
            return
        chat_id = parcel.to.chat_id
        match parcel.kind, outcome:
            case "incident.post", Sent((message_id, *_)):
                self._stands(incident.id, Placement(chat_id, message_id), ref["last"])
                self.catch_up(incident.id, origin)
            case "incident.reply", Sent((message_id, *_)):
                self._placements.put(_notice(incident.id, ref["last"]), Placement(chat_id, message_id))
            case "incident.edit", Failed(what="gone"):
                # the first to find it deleted posts it anew
                if self._placements.of(_post(incident.id)) == Placement(chat_id, ref["post"]):
                    self._publish(incident, self._incidents.notices(incident.id), origin)
            case (("incident.post" | "incident.edit" | "incident.reply"), (Failed() | Blocked())):
                self._refused(parcel.kind, incident.id, origin, outcome)

    def _refused(self, kind: str, incident_id: int, origin: Chat, outcome: Failed | Blocked) -> None:
        if kind == "incident.post":
            self._placements.forget(_post(incident_id))
        reason, what = (
            (outcome.reason, outcome.what or "refused")
            if isinstance(outcome, Failed)
            else (None, "no_channel")
        )
        known = what if what in {"no_right", "no_channel"} else "refused"
        tell_trouble(self._profile, self._outbox, incident_id, origin, what=known, reason=reason)

    def _untold(self, incident_id: int, notices: Sequence[Notice]) -> list[Notice]:
        subjects = {_notice(incident_id, each.number): each for each in notices}
        told = self._placements.among(subjects)
        return [notice for subject, notice in subjects.items() if subject not in told]

    def _stands(self, incident_id: int, post: Placement, last: int) -> None:
        """Note that the post stands in the channel with all notices up to the last."""
        self._placements.put(_post(incident_id), post)
        for notice in self._untold(incident_id, self._incidents.notices(incident_id)):
            if notice.number <= last:
                self._placements.put(_notice(incident_id, notice.number), post)

    def _publish(self, incident: Incident, notices: Sequence[Notice], origin: Chat) -> None:
        channel_id = self._profile.places.channel
        if channel_id is not None and any(each.audience is not Audience.NOBODY for each in notices):
            post = Placement(channel_id)
            self._placements.put(_post(incident.id), post)
            body = Say(html=self._wording.post(incident, notices), media=media_of(notices))
            self._send("post", incident, post, notices[-1], body, origin)

    def _reply(self, incident: Incident, post: Placement, notices: Sequence[Notice], origin: Chat) -> None:
        """Post the notice as a reply too, because an edit alone notifies nobody."""
        html, media = self._wording.reply(incident, notices), _media(notices[-1])
        body = Say(html=html, media=media, answers=post.message_id)
        self._send("reply", incident, post, notices[-1], body, origin)

    def _send(
        self, what: str, incident: Incident, at: Placement, last: Notice, body: Body, origin: Chat
    ) -> None:
        if isinstance(body, Say):
            body = replace(body, quiet=not last.rings)
        # Steps told in quick succession need one edit, and no step needs two replies.
        same = {"edit": f"incident:{incident.id}:edit", "reply": f"incident:{incident.id}:{last.number}"}
        self._outbox.post(
            Parcel(
                to=Chat(at.chat_id),
                lane=Lane.INCIDENT,
                body=body,
                kind=f"incident.{what}",
                ref={
                    "incident": incident.id,
                    "last": last.number,
                    "post": at.message_id,
                    "origin": [origin.chat_id, origin.thread_id],
                },
                dedupe=same.get(what),
            )
        )


def _media(notice: Notice) -> Media | None:
    return None if notice.attached is None else Media(notice.attached.kind, notice.attached.file_id)


def _post(incident_id: int) -> str:
    return f"incident:{incident_id}"


def _notice(incident_id: int, number: int) -> str:
    return f"notice:{incident_id}:{number}"
