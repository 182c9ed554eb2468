"""Tells the manager who published why the channel refused a notice, and what to do."""

from desk.post import Button, Chat, Outbox, Parcel, press, say
from desk.profile import Profile


def tell_trouble(
    profile: Profile, outbox: Outbox, incident_id: int, where: Chat, *, what: str, reason: str | None
) -> None:
    """Say that the channel refused a notice, with a button that tries again.

    `what` is "no_right", "no_channel", or "refused" with the `reason` that was given.
    """
    texts, language = profile.texts, profile.language
    html = texts.say(f"alert.incident.{what}", language, channel=profile.places.channel, reason=reason)
    again = Button(texts.plain("manager.again", language), press("incident", "again", incident_id))
    # The post, its edit and a reply may all fail for one reason: it is said once.
    dedupe = f"incident:{incident_id}:trouble"
    to = Chat(where.chat_id, where.thread_id)
    outbox.post(Parcel(to=to, body=say(html, [[again]]), dedupe=dedupe))
