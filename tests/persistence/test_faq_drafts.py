"""What managers write for the knowledge base: what was kept is what is found, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

from desk.post import Chat
from editorial.writing.draft import EntryDraft, Wanted
from faq.entries.entry import ANY, Entry
from faq.entries.season import Season
from tests.persistence.conftest import LARGE, NOON, Archive

ENTRY = Entry(
    id="",
    category={"ru": "Оплата", "en": "Payment"},
    question={ANY: "'); DROP TABLE faq_drafts; -- 👩‍👩‍👧"},
    phrasings={"ru": ("хочу возврат",)},
    answer={ANY: "<b>Так</b>"},
    media="telegram:photo:AgAC-_1",
    valid_from=date(2026, 1, 1),
    season=Season((12, 1), (1, 15)),
    call_person=True,
)
WHOLE = EntryDraft(
    manager_id=LARGE,
    where=Chat(-LARGE, 7),
    wanted=Wanted.PHRASINGS,
    entry=ENTRY,
    entry_id="refund",
    base=3,
    proposal_id=9,
    language="ru",
    guided=True,
    batch=((replace(ENTRY, id="other"), None), (replace(ENTRY, id="third"), 2)),
    album="77",
    touched_at=NOON,
).sealed(NOON)
BARE = EntryDraft(manager_id=LARGE, where=Chat(LARGE), wanted=Wanted.QUESTION, touched_at=NOON).sealed(NOON)


async def test_a_draft_is_found_as_it_was_kept(archive: Archive) -> None:
    for draft in (WHOLE, BARE):
        await archive.run(lambda stores, draft=draft: stores.faq_drafts.keep(draft))
        chat = draft.where.chat_id
        assert await archive.run(lambda stores, chat=chat: stores.faq_drafts.of(LARGE, chat)) == draft
        found = await archive.run(lambda stores, draft=draft: stores.faq_drafts.find(draft.token))
        assert found == draft
        assert found.sealed(NOON).token == draft.token


async def test_a_manager_has_one_draft_in_a_chat_and_each_desk_its_own(archive: Archive) -> None:
    later = replace(WHOLE, entry=replace(ENTRY, answer={ANY: "Иначе"})).sealed(NOON + timedelta(minutes=1))
    await archive.run(lambda stores: stores.faq_drafts.keep(WHOLE))
    await archive.run(lambda stores: stores.faq_drafts.keep(WHOLE), desk="other")
    await archive.run(lambda stores: stores.faq_drafts.keep(later))
    assert await archive.run(lambda stores: stores.faq_drafts.find(WHOLE.token)) is None
    assert await archive.run(lambda stores: stores.faq_drafts.find(later.token)) == later
    await archive.run(lambda stores: stores.faq_drafts.drop(later))
    assert await archive.run(lambda stores: stores.faq_drafts.of(LARGE, -LARGE)) is None
    assert await archive.run(lambda stores: stores.faq_drafts.find(WHOLE.token), desk="other") == WHOLE


async def test_a_draft_moves_with_its_group(archive: Archive) -> None:
    await archive.run(lambda stores: stores.faq_drafts.keep(WHOLE))
    await archive.run(lambda stores: stores.places.migrate(-LARGE, -100))
    moved = await archive.run(lambda stores: stores.faq_drafts.of(LARGE, -100))
    assert moved is not None
    assert moved.entry == ENTRY


async def test_what_waits_is_counted(archive: Archive) -> None:
    assert await archive.run(lambda stores: (stores.pending.proposals(), stores.pending.disputes())) == (0, 0)
