"""Faster for Stars: what it would cost at most, and how much sooner everybody would be told."""

from dataclasses import dataclass
from datetime import timedelta

from broadcasts.announcement import Announcement
from broadcasts.composing.reaches import Reach
from broadcasts.incident import Audience, Notice, NoticeKind
from desk.content import CAPTION_LIMIT
from desk.formatted import bare
from desk.paid import LEAST_BALANCE, MESSAGES_FOR_STAR, grouped, stars_for
from desk.profile import Profile
from desk.talk import Talk

FASTER = "faster"
"""The action of the press that chooses it, or takes it back."""
FREE = 30.0
"""Messages a second that are free."""
WORTH = timedelta(seconds=10)
"""What saves less is not offered."""
EDITS = frozenset({NoticeKind.CORRECTED, NoticeKind.WITHDRAWN})
"""Notices that edit what people have; edits cannot be paid for."""
AROUND = 400
"""Characters that may stand around the words of a notice: its heading, its title, the footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarOffer:
    """The Stars it costs at most, how long it takes then, and how long without them."""

    stars: int
    lasts: timedelta
    usual: timedelta


def faster(profile: Profile, announcement: Announcement, reach: Reach) -> StarOffer | None:
    """What Stars would do for a notice; None where they are not to be had or save no time."""
    notice, paid = announcement.notice, profile.paid
    if paid is None or notice.audience is not Audience.CONCERNED or notice.kind in EDITS:
        return None
    messages, free = (reach.people - reach.blocked) * _each(notice), profile.bulk_per_second or FREE
    stars = min(stars_for(messages), paid.most_stars or stars_for(messages))
    for_stars = min(messages, stars * MESSAGES_FOR_STAR)
    usual = timedelta(seconds=messages / free)
    lasts = timedelta(seconds=for_stars / paid.per_second + (messages - for_stars) / free)
    return StarOffer(stars=stars, lasts=lasts, usual=usual) if usual - lasts >= WORTH else None


def shortage(offer: StarOffer, balance: int | None, talk: Talk) -> str | None:
    """What to say where the bot has too few Stars; None if it has enough, or nobody knows."""
    needs = max(LEAST_BALANCE, offer.stars)
    if balance is None or balance >= needs:
        return None
    return talk.plain("faster.too_few", has=grouped(balance), needs=talk.stars(needs))


def _each(notice: Notice) -> int:
    """How many messages one person may get: words that do not fit under a file stand below it."""
    fits = notice.attached is None or len(bare(notice.text)) <= CAPTION_LIMIT - AROUND
    return 1 if fits else 2
