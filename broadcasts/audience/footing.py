"""What stands below a notice to one person: whether it works again, and the way out."""

from broadcasts.audience.follower import Followers
from broadcasts.audience.subscription_wording import PRESSES as SUBSCRIPTION
from broadcasts.audience.working_again import PRESSES as WORKS
from broadcasts.incident import Incident, Notice, NoticeKind
from desk.people import Customer
from desk.post import Button, press
from desk.profile import Profile


class Footing:
    """Writes it in the language of whoever is told."""

    def __init__(self, profile: Profile, followers: Followers) -> None:
        self._profile, self._followers = profile, followers

    def below(self, customer: Customer, incident: Incident, notice: Notice) -> tuple[str, list[list[Button]]]:
        """A line of HTML, or none, and the buttons."""
        texts, language = self._profile.texts, self._profile.language_of(customer)
        stop = Button(texts.plain("subscription.stop", language), press(SUBSCRIPTION, "stop"))
        follower = self._followers.of(incident.id, customer.id)
        if notice.kind is not NoticeKind.RESOLVED or follower is None or follower.works is not None:
            return "", [[stop]]
        answers = [
            Button(texts.plain(f"works.{word}", language), press(WORKS, word, incident.id))
            for word in ("yes", "no")
        ]
        return texts.say("works.ask", language), [answers, [stop]]
