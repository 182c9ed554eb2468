"""What stands below a notice to one person: whether it works again, and the way out."""

from broadcasts.audience.follower import Followers
from broadcasts.audience.subscribing import Subscribing
from broadcasts.audience.working_again import WorkingAgain
from broadcasts.footer import NoticeFooter
from broadcasts.incident import Incident, Notice, NoticeKind
from desk.people import Customer
from desk.post import Button, press
from desk.profile import Profile


class FooterWording:
    """Writes it in the language of whoever is told."""

    def __init__(self, profile: Profile, followers: Followers) -> None:
        self._profile, self._followers = profile, followers

    def footer(self, customer: Customer, incident: Incident, notice: Notice) -> NoticeFooter:
        """Whether it works again, where that is to be asked, and the way out."""
        texts, language = self._profile.texts, self._profile.language_of(customer)
        stop = Button(texts.plain("subscription.stop", language), press(Subscribing.PRESSES, "stop"))
        follower = self._followers.of(incident.id, customer.id)
        if notice.kind is not NoticeKind.RESOLVED or follower is None or follower.works is not None:
            return NoticeFooter(rows=[[stop]])
        answers = [
            Button(texts.plain(key, language), press(WorkingAgain.PRESSES, word, incident.id))
            for key, word in (("works.yes", "yes"), ("works.no", "no"))
        ]
        return NoticeFooter(texts.say("works.ask", language), [answers, [stop]])
