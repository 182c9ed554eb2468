"""What several people had to ask people about is proposed as an entry, with a draft of what to answer."""

from editorial.learning.evidence import OperatorReply
from editorial.learning.phrasings import GrownProposal, Lesson
from editorial.learning.proposal import Gap, ProposalKind, ProposalState
from editorial.learning.unanswered import draft, unanswered
from tests.learning.samples import asked, proposed

CHECK = ["где мой чек", "пришлите чек", "не пришёл чек"]


def group(*texts: str, customers: tuple[int, ...] = (1, 2, 3)) -> Lesson:
    pairs = zip(range(1, 9), texts, customers, strict=False)
    return unanswered([asked(number, text, who) for number, text, who in pairs], [])


def test_three_different_people_make_a_question() -> None:
    (found,) = group(*CHECK).new
    assert (found.kind, found.question, found.entry_id) == (ProposalKind.ENTRY, "где мой чек", None)
    assert found.asked[0] == 1
    assert set(found.asked) == {1, 2, 3}
    assert group(*CHECK, customers=(1, 2, 2)) == Lesson()
    assert group(*CHECK[:2]) == Lesson()


def test_a_proposal_that_waits_takes_its_like_along() -> None:
    waits = proposed(7, "где мой чек", ids=(1,), kind=ProposalKind.ENTRY, entry_id=None)
    more = [asked(number, text) for number, text in enumerate(CHECK, 11)]
    lesson = unanswered(more, [waits])
    assert lesson.new == ()
    assert [(each.proposal_id, set(each.asked)) for each in lesson.grown] == [(7, {11, 12, 13})]
    assert unanswered([asked(1, "где мой чек")], [waits]) == Lesson()


def test_what_was_decided_never_comes_back() -> None:
    more = [asked(number, text) for number, text in enumerate(CHECK, 11)]
    for state in (ProposalState.REJECTED, ProposalState.APPROVED):
        decided = proposed(7, "где чек", state, (1, 2, 3), kind=ProposalKind.ENTRY, entry_id=None)
        assert unanswered(more, [decided]) == Lesson()
        theirs = proposed(7, "совсем другое дело", state, (11, 12), kind=ProposalKind.ENTRY, entry_id=None)
        assert unanswered(more, [theirs]) == Lesson()


def test_an_operator_s_offer_counts_who_asked_so() -> None:
    offer = proposed(3, "как получить чек", ids=(), kind=ProposalKind.ENTRY, entry_id=None, author_id=5)
    assert unanswered([asked(8, "как получить чек?")], [offer]) == Lesson((), (GrownProposal(3, (8,)),))


def test_a_new_question_is_nobody_s_own() -> None:
    texts = [asked(n, f"где мой чек по заказу 1234{n}, Анна", n, "Анна") for n in range(3)]
    (found,) = unanswered(texts, []).new
    assert found.question == "где мой чек по заказу"


def test_the_draft_is_the_reply_most_like_the_others() -> None:
    replies = [
        OperatorReply("Чек по заказу 12345 придёт на почту anna@example.com, Анна", ("Анна",)),
        OperatorReply("Добрый день! Чек придёт на почту"),
        OperatorReply("Чек придёт на почту в течение <часа> {{ customer }}"),
        OperatorReply("Спросите на кассе"),
    ]
    assert draft(replies[1:]) == "Добрый день! Чек придёт на почту"
    assert draft(replies[:1]) == "Чек по заказу … придёт на почту …"
    assert draft(replies[2:3]) == "Чек придёт на почту в течение &lt;часа&gt; (( customer ))"
    assert draft([OperatorReply("12345"), OperatorReply("👍")]) is None
    assert draft([]) is None
    assert len(draft([OperatorReply("слово " * 1000)]) or "") <= 1501


def test_the_same_to_a_manager_is_the_same() -> None:
    one = Gap(kind=ProposalKind.ENTRY, question="Где чек?", answer="На почте", author_id=5)
    again = Gap(kind=ProposalKind.ENTRY, question="где ЧЕК", answer="на почте!", author_id=6)
    other = Gap(kind=ProposalKind.ENTRY, question="Где чек?", answer="В приложении", author_id=5)
    assert one.digest == again.digest
    assert one.digest != other.digest
