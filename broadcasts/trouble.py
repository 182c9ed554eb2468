"""What went wrong in the channel, said to the manager who published, with what to do about it."""

from desk.post import Button, Chat, Outbox, Parcel, press, say
from desk.profile import Profile


def tell_trouble(
    profile: Profile, outbox: Outbox, incident_id: int, where: Chat, *, what: str, reason: str | None
) -> None:
    """The channel did not take a notice; the incident stays, and one press tries again.

    `what` is "no_right", "no_channel", or "refused" with the `reason` that was given.
    """
    texts, language = profile.texts, profile.language
    html = texts.say(f"alert.incident.{what}", language, channel=profile.places.channel, reason=reason)
    again = Button(texts.plain("manager.again", language), press("incident", "again", incident_id))
    # The post, its edit and a reply may all fail for one reason: it is said once.
    dedupe = f"incident:{incident_id}:trouble"
    to = Chat(where.chat_id, where.thread_id)
    outbox.post(Parcel(to=to, body=say(html, [[again]]), dedupe=dedupe))
