"""Everything a manager needs at hand to write the knowledge base, put together for one unit of work."""

from datetime import datetime

from desk.profile import Profile
from editorial.asking import Asking
from editorial.composing import Composing
from editorial.draft import Drafts
from editorial.exchange import Exchange
from editorial.home import Home, Pending
from editorial.keeping import Decisions, Keeping
from editorial.preview import Preview
from editorial.saving import Saving
from editorial.shelf import Shelf
from editorial.showing import Showing
from editorial.tending import Tending
from editorial.trying import Trying
from faq.entries.version import Versions
from tickets.answers import Faq


class Bench:
    """The tools over one desk's versions and drafts."""

    def __init__(
        self,
        profile: Profile,
        *,
        drafts: Drafts,
        versions: Versions,
        decisions: Decisions,
        pending: Pending,
        faq: Faq,
        now: datetime,
    ) -> None:
        self.drafts, self.shelf = drafts, Shelf(versions)
        showing, keeping = Showing(profile, now), Keeping(versions, decisions, now)
        shelf = self.shelf
        self.preview = Preview(profile, shelf=shelf, showing=showing, faq=faq)
        self.home = Home(shelf=shelf, showing=showing, pending=pending)
        self.asking = Asking(shelf, showing)
        self.composing = Composing(profile, drafts=drafts, asking=self.asking, preview=self.preview, now=now)
        self.tending = Tending(versions, shelf=shelf, showing=showing, keeping=keeping)
        self.trying = Trying(faq, showing)
        self.exchange = Exchange(
            drafts=drafts, shelf=shelf, showing=showing, keeping=keeping, faq=faq, now=now
        )
        self.saving = Saving(
            drafts=drafts,
            shelf=shelf,
            showing=showing,
            keeping=keeping,
            composing=self.composing,
            tending=self.tending,
            now=now,
        )
