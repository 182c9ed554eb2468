"""Puts the editor together over one desk's stores."""

from datetime import datetime

from desk.profile import Profile
from editorial.editor import Editor
from editorial.entries.browser import EntryBrowser
from editorial.entries.changer import EntryChanger, ProposalApproval
from editorial.entries.customer_view import CustomerView
from editorial.entries.history import EntryHistory
from editorial.entries.home import Home, Pending
from editorial.entries.page import EntryPage
from editorial.entries.shelf import Shelf
from editorial.entries.trial import PhraseTrial
from editorial.entries.view import EntryView
from editorial.writing.buttons import DraftButtons
from editorial.writing.composer import EntryComposer
from editorial.writing.draft import EntryDrafts
from editorial.writing.exchange import Exchange
from editorial.writing.preview import Preview
from editorial.writing.prompt import Prompt
from editorial.writing.saver import DraftSaver
from editorial.writing.slot import DraftSlot
from faq.entries.version import Versions
from tickets.answers import Faq


def open_editor(
    profile: Profile,
    *,
    drafts: EntryDrafts,
    versions: Versions,
    decisions: ProposalApproval,
    pending: Pending,
    faq: Faq,
    now: datetime,
) -> Editor:
    """The editor for one unit of work; nothing is read yet."""
    shelf, view, changer = Shelf(versions), EntryView(profile, now), EntryChanger(versions, decisions, now)
    trial, prompt, as_customers = PhraseTrial(faq, view), Prompt(shelf, view), CustomerView(faq, view)
    page = EntryPage(shelf=shelf, view=view, history=EntryHistory(versions, shelf, view), changer=changer)
    home = Home(shelf=shelf, view=view, pending=pending)
    preview = Preview(profile, shelf=shelf, view=view, faq=faq)
    composer = EntryComposer(
        profile, drafts=drafts, prompt=prompt, preview=preview, as_customers=as_customers, now=now
    )
    saver = DraftSaver(
        drafts=drafts, shelf=shelf, view=view, changer=changer, composer=composer, page=page, now=now
    )
    exchange = Exchange(drafts=drafts, shelf=shelf, view=view, changer=changer, faq=faq, now=now)
    return Editor(
        browser=EntryBrowser(shelf=shelf, home=home, page=page, trial=trial, as_customers=as_customers),
        trial=trial,
        slot=DraftSlot(drafts, composer=composer, prompt=prompt, now=now),
        composer=composer,
        buttons=DraftButtons(drafts, shelf=shelf, composer=composer, saver=saver, exchange=exchange),
        exchange=exchange,
        now=now,
    )
