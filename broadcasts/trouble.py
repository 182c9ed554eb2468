"""What went wrong in the channel, said to the manager who published, with what to do about it."""

from desk.post import Button, Outbox, Parcel, press, say
from desk.profile import Profile
from desk.talk import Where

SIGNS = {
    "no_right": (
        "not enough rights",
        "administrator rights",
        "write access",
        "write_forbidden",
        "admin_required",
    ),
    "no_channel": ("chat not found", "kicked", "not a member", "channel_private"),
}


class Trouble:
    """Speaks where the incident was published from."""

    def __init__(self, profile: Profile, outbox: Outbox) -> None:
        self._profile, self._outbox = profile, outbox

    def tell(self, incident_id: int, where: Where, reason: str | None) -> None:
        """The channel did not take a notice; the incident stays, and one press tries again."""
        texts, language = self._profile.texts, self._profile.language
        html = texts.say(
            f"alert.incident.{_what(reason)}", language, channel=self._profile.places.channel, reason=reason
        )
        again = Button(texts.plain("manager.again", language), press("incident", "again", incident_id))
        call = say(html, [[again]])
        if where.thread_id is not None:
            call["message_thread_id"] = where.thread_id
        # The post, its edit and a reply may all fail for one reason: it is said once.
        dedupe = f"incident:{incident_id}:trouble"
        self._outbox.post(Parcel(chat_id=where.chat_id, call=call, dedupe=dedupe))


def _what(reason: str | None) -> str:
    if reason is None:
        return "no_channel"
    found = [what for what, signs in SIGNS.items() if any(sign in reason.lower() for sign in signs)]
    return found[0] if found else "refused"
