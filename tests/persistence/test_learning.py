"""Labels, unanswered questions, figures and proposals: what was done is what is read."""

from datetime import timedelta

from bot.rooms.stores import Stores
from desk.content import Content
from editorial.learning.evidence import QuestionFigures
from editorial.learning.proposal import Gap, ProposalKind, ProposalState
from faq.judging.lint import Use
from faq.matching.judged import Judged
from tests.persistence.conftest import NOON, Archive

ELSEWHERE = "second"
LONG_AGO, LATER = NOON - timedelta(days=90), NOON + timedelta(hours=2)


def asks(stores: Stores, customer_id: int, text: str, **more: object) -> int:
    """A question with what came of it; our id of it."""
    came = {name: more.pop(name) for name in ("chosen_later", "outcome", "replied") if name in more}
    values = {"zone": "person", "offered": [], "asked_at": NOON, "language": "ru", **more}
    message = stores.messages.keep(
        customer_id=customer_id, ticket_id=None, author="customer", content=Content(text=text), at=NOON
    )
    number = stores.questions.keep(customer_id=customer_id, message_id=message.id, text=text, **values)
    if came:
        settled = {"chosen": came.pop("chosen_later", None), **came}
        stores.questions.settle(number, **settled)
    return number


def everything(stores: Stores, customer_id: int) -> None:
    """One question of each fate."""
    sure = {"zone": "answer", "offered": ["a"]}
    choice = {"zone": "choice", "offered": ["a", "b"]}
    asks(stores, customer_id, "helped", **sure, outcome="helped")
    asks(stores, customer_id, "did not help", **sure, outcome="escalated")
    asks(stores, customer_id, "nobody said", **sure)
    asks(stores, customer_id, "chose", **choice, chosen_later="b")
    asks(stores, customer_id, "chose and helped", **choice, chosen_later="b", outcome="helped")
    asks(stores, customer_id, "chose, then called", **choice, chosen_later="b", outcome="escalated")
    asks(stores, customer_id, "nothing fitted", **choice, outcome="escalated")
    asks(stores, customer_id, "not known", outcome="escalated")
    asks(stores, customer_id, "operator knew", outcome="escalated", replied="c")
    asks(stores, customer_id, "wrong, operator knew", **sure, outcome="escalated", replied="c")
    asks(stores, customer_id, "from the menu", **sure, chosen="a", outcome="helped")


async def test_what_came_of_a_question_is_its_label(archive: Archive) -> None:
    anna = await archive.meets()
    await archive.run(lambda stores: everything(stores, anna.id))
    judged = await archive.run(lambda stores: stores.evidence.judged(LONG_AGO, 100))
    assert judged == [
        Judged("helped", "ru", "a", right=True),
        Judged("did not help", "ru", "a", right=False),
        Judged("chose", "ru", "b", right=True),
        Judged("chose and helped", "ru", "b", right=True),
        Judged("chose, then called", "ru", "a", right=False),
        Judged("nothing fitted", "ru", "a", right=False),
        Judged("nothing fitted", "ru", "b", right=False),
        Judged("operator knew", "ru", "c", right=True),
        Judged("wrong, operator knew", "ru", "c", right=True),
    ]
    newest = await archive.run(lambda stores: stores.evidence.judged(LONG_AGO, 1))
    assert [each.text for each in newest] == ["wrong, operator knew"]
    assert await archive.run(lambda stores: stores.evidence.judged(LONG_AGO, 100), desk=ELSEWHERE) == []
    assert await archive.run(lambda stores: stores.evidence.judged(LATER, 100)) == []


async def test_what_was_offered_and_not_meant_is_wrong(archive: Archive) -> None:
    anna = await archive.meets()

    def asked(stores: Stores) -> None:
        everything(stores, anna.id)
        choice = {"zone": "choice", "offered": ["a", "b"]}
        asks(stores, anna.id, "nobody chose", **choice)
        asks(stores, anna.id, "nothing fitted, operator knew", **choice, outcome="escalated", replied="b")

    await archive.run(asked)
    labels = await archive.run(lambda stores: stores.evidence.labels(LONG_AGO, LATER, 100))
    said = {(label.asked.text, label.entry_id, label.right) for label in labels}
    assert {each for each in said if each[0] in ("chose", "nobody chose")} == {
        ("chose", "a", False),
        ("chose", "b", True),
    }
    assert {each for each in said if each[0].startswith("nothing fitted")} == {
        ("nothing fitted", "a", False),
        ("nothing fitted", "b", False),
        ("nothing fitted, operator knew", "a", False),
        ("nothing fitted, operator knew", "b", True),
    }
    assert ("wrong, operator knew", "a", False) in said


async def test_an_answer_shown_folded_is_judged_by_presses_alone(archive: Archive) -> None:
    anna = await archive.meets()
    guess = {"zone": "choice", "offered": ["a", "b"], "folded": True}

    def asked(stores: Stores) -> None:
        asks(stores, anna.id, "read, perhaps", **guess)
        asks(stores, anna.id, "read and helped", **guess, chosen_later="a", outcome="helped")
        asks(stores, anna.id, "meant the other", **guess, chosen_later="b")
        asks(stores, anna.id, "meant neither", **guess, outcome="escalated")

    await archive.run(asked)
    judged = await archive.run(lambda stores: stores.evidence.judged(LONG_AGO, 100))
    assert judged == [
        Judged("read and helped", "ru", "a", right=True),
        Judged("meant the other", "ru", "b", right=True),
        Judged("meant neither", "ru", "a", right=False),
        Judged("meant neither", "ru", "b", right=False),
    ]
    figures = await archive.run(lambda stores: stores.evidence.figures(NOON, LATER))
    assert figures == QuestionFigures(asked=4, offered=4, to_people=1, helped=1, not_helped=1)
    used = await archive.run(lambda stores: stores.evidence.since(LONG_AGO))
    assert used == {"a": Use(1, 1, 0), "b": Use(1, 0, 0)}


async def test_what_was_asked_lately_is_read_without_names_and_nothing_that_is_erased(
    archive: Archive,
) -> None:
    anna = await archive.meets()

    def happens(stores: Stores) -> None:
        for number in range(3):
            asks(stores, anna.id, f"question {number}", asked_at=NOON + timedelta(minutes=number))
        asks(stores, anna.id, "opened from the menu", zone="answer", offered=["a"], chosen="a")
        stores.questions.reword(asks(stores, anna.id, "hers no more", asked_at=LATER), "")

    await archive.run(happens)
    lately = await archive.run(lambda stores: stores.evidence.lately(LONG_AGO, 100))
    assert [(each.text, each.names) for each in lately] == [
        (f"question {number}", ()) for number in (2, 1, 0)
    ]
    newest = await archive.run(lambda stores: stores.evidence.lately(LONG_AGO, 1))
    assert [each.text for each in newest] == ["question 2"]
    assert await archive.run(lambda stores: stores.evidence.lately(LONG_AGO, 100), desk=ELSEWHERE) == []
    assert await archive.run(lambda stores: stores.evidence.lately(LATER, 100)) == []


async def test_a_press_below_an_answer_says_what_was_meant_instead(archive: Archive) -> None:
    anna = await archive.meets()
    sure = {"zone": "answer", "offered": ["a", "b"]}

    def asked(stores: Stores) -> None:
        asks(stores, anna.id, "only read", **sure)
        asks(stores, anna.id, "meant the other", **sure, chosen_later="b")
        asks(stores, anna.id, "the other helped", **sure, chosen_later="b", outcome="helped")
        asks(stores, anna.id, "meant neither", **sure, outcome="escalated")

    await archive.run(asked)
    judged = await archive.run(lambda stores: stores.evidence.judged(LONG_AGO, 100))
    assert judged == [
        Judged("meant the other", "ru", "b", right=True),
        Judged("the other helped", "ru", "b", right=True),
        Judged("meant neither", "ru", "a", right=False),
        Judged("meant neither", "ru", "b", right=False),
    ]
    labels = await archive.run(lambda stores: stores.evidence.labels(LONG_AGO, LATER, 100))
    assert ("the other helped", "a", False) in {
        (label.asked.text, label.entry_id, label.right) for label in labels
    }
    figures = await archive.run(lambda stores: stores.evidence.figures(NOON, LATER))
    assert figures == QuestionFigures(asked=4, answered=4, to_people=1, helped=1, not_helped=1)
    used = await archive.run(lambda stores: stores.evidence.since(LONG_AGO))
    assert used == {"a": Use(2, 0, 1), "b": Use(2, 1, 0)}


async def test_silence_after_a_choice_means_something_only_later(archive: Archive) -> None:
    anna = await archive.meets()
    await archive.run(lambda stores: everything(stores, anna.id))
    labels = await archive.run(
        lambda stores: stores.evidence.labels(LONG_AGO, NOON - timedelta(hours=1), 100)
    )
    assert "chose" not in [label.asked.text for label in labels]
    labels = await archive.run(lambda stores: stores.evidence.labels(LONG_AGO, NOON, 100))
    assert "chose" in [label.asked.text for label in labels]
    assert {label.asked.names for label in labels} == {("Анна",)}


async def test_what_only_people_could_answer(archive: Archive) -> None:
    anna = await archive.meets()
    await archive.run(lambda stores: everything(stores, anna.id))
    asked = await archive.run(lambda stores: stores.evidence.unanswered(LONG_AGO, 100))
    assert [each.text for each in asked] == [
        "did not help",
        "chose, then called",
        "nothing fitted",
        "not known",
    ]
    again = await archive.run(lambda stores: stores.evidence.asked([asked[3].id, asked[0].id, 99999]))
    assert again == [asked[0], asked[3]]
    assert await archive.run(lambda stores: stores.evidence.asked([asked[0].id]), desk=ELSEWHERE) == []


async def test_figures_of_a_week_and_use_of_entries(archive: Archive) -> None:
    anna = await archive.meets()
    await archive.run(lambda stores: everything(stores, anna.id))
    figures = await archive.run(lambda stores: stores.evidence.figures(NOON, LATER))
    assert figures == QuestionFigures(asked=10, answered=4, offered=4, to_people=6, helped=2, not_helped=3)
    assert await archive.run(lambda stores: stores.evidence.figures(LONG_AGO, NOON)) == QuestionFigures()
    used = await archive.run(lambda stores: stores.evidence.since(LONG_AGO))
    assert used == {"a": Use(5, 2, 2), "b": Use(3, 1, 1)}
    assert await archive.run(lambda stores: stores.evidence.began()) == NOON
    assert await archive.run(lambda stores: stores.evidence.began(), desk=ELSEWHERE) is None


async def test_replies_until_the_customer_speaks_again(archive: Archive) -> None:
    anna = await archive.meets()

    def talks(stores: Stores) -> list[int]:
        ticket = stores.tickets.open(anna.id, at=NOON, payload=None, complaint=False)

        def says(author: str, text: str) -> int:
            content = Content(text=text)
            return stores.messages.keep(
                customer_id=anna.id, ticket_id=ticket.id, author=author, content=content, at=NOON
            ).id

        def question(text: str) -> int:
            values = {"zone": "person", "offered": [], "asked_at": NOON}
            return stores.questions.keep(
                customer_id=anna.id, message_id=says("customer", text), text=text, **values
            )

        says("operator", "раньше вопроса")
        first = question("где чек?")
        says("customer", "ау")
        says("note", "это заметка")
        says("operator", "Анна, добрый день!")
        says("operator", "Чек на почте")
        second = question("спасибо, а гарантия?")
        says("operator", "Год")
        return [first, second, question("и последнее")]

    ids = await archive.run(talks)
    replies = await archive.run(lambda stores: stores.evidence.replies(ids))
    assert [each.text for each in replies] == ["Анна, добрый день!\nЧек на почте", "Год"]
    assert replies[0].names == ("Анна",)
    assert await archive.run(lambda stores: stores.evidence.replies(ids), desk=ELSEWHERE) == []


async def test_the_same_is_never_proposed_twice(archive: Archive) -> None:
    found = Gap(kind=ProposalKind.PHRASING, question="Верните бабки!", entry_id="refund", language="ru")
    same = Gap(kind=ProposalKind.PHRASING, question="верните БАБКИ", entry_id="refund", language="en")
    other = Gap(kind=ProposalKind.PHRASING, question="верните бабки", entry_id="delivery")
    number = await archive.run(lambda stores: stores.proposals.add(found, NOON))
    assert number is not None
    assert await archive.run(lambda stores: stores.proposals.add(same, NOON)) is None
    assert await archive.run(lambda stores: stores.proposals.reject(number, by=1, at=NOON))
    assert await archive.run(lambda stores: stores.proposals.add(same, NOON)) is None
    assert await archive.run(lambda stores: stores.proposals.add(other, NOON)) is not None
    assert await archive.run(lambda stores: stores.proposals.add(same, NOON), desk=ELSEWHERE) is not None


async def test_decided_once_and_taken_back(archive: Archive) -> None:
    found = Gap(
        kind=ProposalKind.ENTRY, question="где чек", answer="На почте", author_id=5, author_name="Олег"
    )
    number = await archive.run(lambda stores: stores.proposals.add(found, NOON)) or 0
    assert await archive.run(lambda stores: stores.proposals.open_count()) == 1
    assert await archive.run(lambda stores: stores.proposals.open_count(), desk=ELSEWHERE) == 0
    approved = await archive.run(
        lambda stores: stores.proposals.approve(number, by=1, at=LATER, entry_id="e")
    )
    assert approved
    assert not await archive.run(lambda stores: stores.proposals.approve(number, by=2, at=LATER))
    assert not await archive.run(lambda stores: stores.proposals.reject(number, by=2, at=LATER))
    assert not await archive.run(
        lambda stores: stores.proposals.reject(number, by=2, at=LATER), desk=ELSEWHERE
    )
    kept = await archive.run(lambda stores: stores.proposals.get(number))
    assert kept is not None
    assert (kept.state, kept.decided_by, kept.decided_at) == (ProposalState.APPROVED, 1, LATER)
    assert (kept.gap.entry_id, kept.gap.author_name, kept.proposed_at) == ("e", "Олег", NOON)
    assert await archive.run(lambda stores: stores.proposals.open()) == []
    assert await archive.run(lambda stores: stores.proposals.reopen(number))
    assert not await archive.run(lambda stores: stores.proposals.reopen(number))
    assert await archive.run(lambda stores: stores.proposals.open_count()) == 1


async def test_people_are_counted_once_each(archive: Archive) -> None:
    anna, boris = await archive.meets(1), await archive.meets(2, "Борис")
    ids = [
        await archive.run(lambda stores, who=who: asks(stores, who.id, "чек?")) for who in (anna, anna, boris)
    ]
    found = Gap(kind=ProposalKind.ENTRY, question="где чек", asked=tuple(ids[:2]))
    number = await archive.run(lambda stores: stores.proposals.add(found, NOON)) or 0
    less = Gap(kind=ProposalKind.ENTRY, question="гарантия", asked=(ids[0],))
    await archive.run(lambda stores: stores.proposals.add(less, NOON))
    await archive.run(lambda stores: stores.proposals.grow(number, ids[1:], "На почте"))
    await archive.run(lambda stores: stores.proposals.grow(number, ids, "Другой ответ"))
    first, second = await archive.run(lambda stores: stores.proposals.open())
    assert (first.people, first.gap.asked, first.gap.answer) == (2, tuple(ids), "На почте")
    assert second.people == 1
    assert await archive.run(lambda stores: stores.proposals.people(ids, LATER)) == 0
    assert await archive.run(lambda stores: stores.proposals.people(ids), desk=ELSEWHERE) == 0
    await archive.run(lambda stores: stores.proposals.reject(number, by=1, at=NOON))
    await archive.run(lambda stores: stores.proposals.grow(number, [77]))
    kept = await archive.run(lambda stores: stores.proposals.get(number))
    assert kept is not None
    assert kept.gap.asked == tuple(ids)


async def test_erased_words_live_on_in_no_proposal(archive: Archive) -> None:
    def proposes(stores: Stores, text: str, asked: tuple[int, ...]) -> int:
        found = Gap(kind=ProposalKind.PHRASING, question=text, entry_id="refund", asked=asked)
        return stores.proposals.add(found, NOON) or 0

    waits = await archive.run(lambda stores: proposes(stores, "слова Анны", (1, 2)))
    hers_too = await archive.run(lambda stores: proposes(stores, "слова Бориса", (2, 1)))
    decided = await archive.run(lambda stores: proposes(stores, "другие слова Анны", (1,)))
    await archive.run(lambda stores: stores.proposals.reject(decided, by=1, at=NOON))
    await archive.run(lambda stores: stores.proposals.forget([1]))
    assert await archive.run(lambda stores: stores.proposals.get(waits)) is None
    left = {each.id: each.gap for each in await archive.run(lambda stores: stores.proposals.every())}
    assert left[hers_too].asked == (2,)
    assert (left[decided].question, left[decided].asked) == ("", ())
    assert await archive.run(lambda stores: proposes(stores, "другие слова Анны", (9,))) == 0
