"""The rule of the second person: which notices one may not publish alone."""

from collections.abc import Sequence

from broadcasts.incident import Notice, Severity
from desk.profile import Profile


def takes_two(profile: Profile, notice: Notice, before: Sequence[Notice]) -> bool:
    """Whether the notice needs a second person, after those that were told before.

    What is red before or after it counts as red. The first notice of a red incident goes at once, unless the
    desk wants otherwise: there, being late does more harm than a wrong word.
    """
    red = Severity.RED in {notice.severity, *(each.severity for each in before[-1:])}
    if red and not before and not profile.two_person_first:
        return False
    return profile.two_person == "always" or (profile.two_person == "red" and red)
