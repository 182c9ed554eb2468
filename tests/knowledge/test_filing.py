"""What the files say against what stands in the database: neither side overwrites the other silently."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.files.body import Body
from faq.files.filing import FileChange, Filed, FileEntry, Plan, compare

NOON = datetime(2030, 6, 15, 12, tzinfo=UTC)
OLD: Body = {"id": "a", "question": "Q", "answer": "old"}
NEW: Body = {"id": "a", "question": "Q", "answer": "new"}
OURS: Body = {"id": "a", "question": "Q", "answer": "ours"}


def listen(
    now: Body | None, before: Body | None, newest: Body | None, *, known: bool = True, **more: object
) -> Plan:
    """One entry: what its file says now and said before, and its newest version."""
    filed = [Filed(entry_id="a", position=0, body=before, at=NOON, **more)] if known else []
    said = [FileEntry("a", now, "faq.yaml")] if now else []
    return compare(said, filed, {"a": newest} if newest else {}, NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    ("now", "before", "newest", "changes", "remembered", "disputed"),
    [
        pytest.param(OLD, OLD, OLD, [], [], [], id="nobody has changed anything"),
        pytest.param(OLD, OLD, OURS, [], [], [], id="Telegram alone"),
        pytest.param(OLD, OLD, None, [], [], [], id="removed in Telegram alone"),
        pytest.param(NEW, OLD, OLD, [NEW], [NEW], [], id="the file alone"),
        pytest.param(None, OLD, OLD, [None], [None], [], id="removed from the file alone"),
        pytest.param(NEW, None, None, [NEW], [NEW], [], id="new in the file"),
        pytest.param(NEW, OLD, NEW, [], [NEW], [], id="the same on both sides"),
        pytest.param(None, OLD, None, [], [None], [], id="removed on both sides"),
        pytest.param(NEW, OLD, OURS, [], [OLD], [NEW], id="differently on both sides"),
        pytest.param(None, OLD, OURS, [], [OLD], [None], id="removed there, edited here"),
        pytest.param(NEW, OLD, None, [], [OLD], [NEW], id="edited there, removed here"),
        pytest.param(NEW, None, OURS, [], [None], [NEW], id="one id on both sides"),
    ],
)
def test_three_ways(
    now: Body | None,
    before: Body | None,
    newest: Body | None,
    changes: list[Body | None],
    remembered: list[Body | None],
    disputed: list[Body | None],
) -> None:
    plan = listen(now, before, newest)
    assert [each.body for each in plan.changes] == changes
    assert [each.body for each in plan.filed] == remembered
    assert [each.offered for each in plan.disputed] == disputed
    assert all(each.disputed is (each in plan.disputed) for each in plan.filed)


def test_a_first_start_takes_the_files_over_in_their_order() -> None:
    said = [FileEntry("b", {**OLD, "id": "b"}, "one.yaml"), FileEntry("a", OLD, "two.yaml")]
    plan = compare(said, [], {}, NOON)
    assert plan.changes == (FileChange("b", said[0].body, "one.yaml"), FileChange("a", OLD, "two.yaml"))
    assert [(each.entry_id, each.position) for each in plan.filed] == [("b", 0), ("a", 1)]


def test_a_dispute_is_told_once_and_again_when_the_file_says_something_else() -> None:
    (told,) = listen(NEW, OLD, OURS).disputed
    known = {"disputed": True, "offered": told.offered}
    assert listen(NEW, OLD, OURS, **known) == Plan()
    (again,) = listen({**NEW, "answer": "newer"}, OLD, OURS, **known).disputed
    assert again.offered == {**NEW, "answer": "newer"}


@pytest.mark.parametrize(("now", "newest"), [(OLD, OURS), (NEW, NEW), (OURS, OURS)])
def test_a_dispute_ends_by_itself_when_both_agree_or_the_file_takes_it_back(now: Body, newest: Body) -> None:
    plan = listen(now, OLD, newest, disputed=True, offered=NEW)
    assert plan.changes == plan.disputed == ()
    assert [(each.disputed, each.offered) for each in plan.filed] == [(False, None)]


def test_moved_in_the_file_is_remembered_and_no_version() -> None:
    filed = [
        Filed(entry_id=entry_id, position=place, body={**OLD, "id": entry_id}, at=NOON)
        for place, entry_id in enumerate("ab")
    ]
    said = [FileEntry(each.entry_id, each.body or {}, "faq.yaml") for each in reversed(filed)]
    plan = compare(said, filed, {each.entry_id: each.body for each in filed}, NOON)
    assert plan.changes == plan.disputed == ()
    assert {each.entry_id: each.position for each in plan.filed} == {"b": 0, "a": 1}


def test_the_order_of_languages_is_a_change_and_the_order_of_keys_is_none() -> None:
    other = {"answer": "old", "question": "Q", "id": "a"}
    assert listen(other, OLD, OLD) == Plan()
    spoken, turned = (
        {**OLD, "question": texts} for texts in ({"ru": "В", "en": "Q"}, {"en": "Q", "ru": "В"})
    )
    assert [each.body for each in listen(turned, spoken, spoken).changes] == [turned]


SAYINGS = st.sampled_from([None, OLD, NEW, OURS])


def apply(plan: Plan, filed: Mapping[str, Filed], newest: Body | None) -> tuple[list[Filed], Body | None]:
    """What stands after the plan was carried out."""
    after = {**filed, **{each.entry_id: each for each in plan.filed}}
    return list(after.values()), plan.changes[0].body if plan.changes else newest


@given(SAYINGS, SAYINGS, SAYINGS, st.booleans(), SAYINGS)
def test_listening_again_changes_nothing_and_nothing_is_overwritten_unasked(
    now: Body | None, before: Body | None, newest: Body | None, disputed: bool, offered: Body | None
) -> None:
    row = Filed(entry_id="a", position=0, body=before, disputed=disputed, offered=offered, at=NOON)
    said = [FileEntry("a", now, "faq.yaml")] if now else []
    plan = compare(said, [row], {"a": newest}, NOON)
    filed, stands = apply(plan, {"a": row}, newest)
    assert compare(said, filed, {"a": stands}, NOON) == Plan()
    if newest != before:
        assert stands == newest
    elif now != before:
        assert stands == now
