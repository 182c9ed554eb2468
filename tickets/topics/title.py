"""The title of a topic: our sign for the state, then the customer's name, or what a person renamed it to.

A title with a person's words is kept with a tab in place of the space behind the sign, so that their words
are known from a name of ours after any time. While Telegram shows the words alone, the tab stands first.
"""

from desk.people import tamed
from desk.profile import Profile
from tickets.ticket import Ticket, TicketState

TITLE_LIMIT = 128
BEHIND = "\t"
"""Stands before a person's words."""
STATES = ("open", "taken", "closed", "complaint", "banned", "urgent")


def title_of(
    profile: Profile, name: str, ticket: Ticket | None, stands: str | None, *, banned: bool = False
) -> str:
    """The title for the ticket's state as it is kept; a person's words in the one that stands are kept on."""
    state = TicketState.CLOSED if ticket is None else ticket.state
    key = state.value
    if ticket is not None and state is not TicketState.CLOSED:
        key = "complaint" if ticket.complaint else "urgent" if ticket.urgent else key
    key = "banned" if banned else key
    if stands is not None and by_hand(stands):
        return f"{_sign(profile, key)}{BEHIND}{stands.partition(BEHIND)[2]}"[:TITLE_LIMIT]
    return profile.texts.plain(f"operator.title.{key}", profile.language, name=name)[:TITLE_LIMIT]


def by_hand(title: str) -> bool:
    """Whether a kept title bears a person's words."""
    return BEHIND in title


def shown(title: str) -> str:
    """A kept title as Telegram shows it."""
    return title.replace(BEHIND, " ").lstrip()


def kept_as(name: str) -> tuple[str, str]:
    """How a title may be kept that Telegram shows so: one of ours, or a person's words behind our sign."""
    return name, name.replace(" ", BEHIND, 1)


def renamed(profile: Profile, name: str, new: str, stands: str | None) -> str | None:
    """What a person renamed a topic to, as it is kept; None if those are not words of their own.

    A sign of ours is no word, but the fire of a complaint may be theirs where it did not stand before. The
    customer's name alone gives the title back to us.
    """
    words = " ".join(new.split())
    for key in STATES:
        sign = _sign(profile, key)
        if key != "complaint" or (stands or "").startswith(sign):
            words = words.removeprefix(sign).lstrip("\ufe0f ")
    if tamed(words) in {"…", name}:
        return None
    return f"{BEHIND}{words}"[:TITLE_LIMIT]


def _sign(profile: Profile, key: str) -> str:
    return profile.texts.plain(f"operator.title.{key}", profile.language, name="").strip()
