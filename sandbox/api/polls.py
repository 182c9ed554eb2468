"""sendPoll and stopPoll."""

from dataclasses import dataclass
from itertools import pairwise

from aiogram.methods import SendPoll, StopPoll

from sandbox.accounts import Json
from sandbox.api.access import addressed, message_of
from sandbox.api.editing import apply, editable
from sandbox.api.registry import Request, method
from sandbox.api.sending import envelope, send
from sandbox.chats import Chat, Message
from sandbox.content import samples
from sandbox.content.texts import Draft, read
from sandbox.errors import ApiError, Refusal, strict

QUESTION_MAX, OPTION_MAX, EXPLANATION_MAX = 300, 100, 200
OPTIONS_MOST = 12
SHORTEST, LONGEST = 5, 2_628_000
ABSENT = str.split(
    "shuffle_options allow_adding_options hide_results_until_closes members_only country_codes "
    "explanation_media description description_entities media"
)


@dataclass(frozen=True)
class PollDraft:
    """What a poll says, read and not yet held against any rule."""

    question: Draft
    options: list[Draft]
    explanation: Draft


@method(SendPoll)
def send_poll(request: Request, asked: SendPoll) -> Message:
    absent = [name for name in ABSENT if getattr(asked, name)]
    if absent:
        raise strict(f"{', '.join(absent)} of sendPoll is not carried by the sandbox")
    draft = _read(request, asked)
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    content = _written(request, asked, draft)
    _fitting(content["poll"], to.chat)
    return send(request, to, content)


@method(StopPoll)
def stop_poll(request: Request, asked: StopPoll) -> Json:
    there = addressed(request, asked.chat_id)
    if "poll" not in message_of(there, asked.message_id, Refusal.POLL_TO_STOP_NOT_FOUND):
        raise ApiError(Refusal.NOT_A_POLL)
    chat, message = editable(request, asked.chat_id, asked.message_id, Refusal.POLL_UNSTOPPABLE)
    if message["poll"]["is_closed"]:
        raise ApiError(Refusal.POLL_CLOSED)
    apply(request, chat, message, {"poll": message["poll"] | {"is_closed": True}}, ("poll",))
    poll: Json = message_of(chat, asked.message_id, Refusal.EDIT_NOT_FOUND)["poll"]
    return poll


def _read(request: Request, asked: SendPoll) -> PollDraft:
    """Markup first, as everywhere; a plain string for an option is never parsed."""
    params = request.params
    question = read(asked.question, params.get("question_parse_mode"), params.get("question_entities"))
    options = [_option(option) for option in params["options"]]
    explained = params.get("explanation") or ""
    mode, marks = params.get("explanation_parse_mode"), params.get("explanation_entities")
    if asked.type not in {None, "", "quiz", "regular"}:
        raise ApiError(Refusal.POLL_TYPE)
    return PollDraft(question, options, read(explained, mode, marks))


def _option(given: Json | str) -> Draft:
    if isinstance(given, str):
        return read(given, None, None)
    if given.get("media"):
        raise strict("pictures among the options of a poll are not carried by the sandbox")
    return read(given["text"], given.get("text_parse_mode"), given.get("text_entities"))


def _written(request: Request, asked: SendPoll, draft: PollDraft) -> Json:
    """The poll as it stands in the message; only custom emoji may dress its words."""
    question, marks = _words(request, draft.question, QUESTION_MAX, "question length")
    if not draft.options:
        raise ApiError(Refusal.POLL_TOO_FEW)
    if len(draft.options) > OPTIONS_MOST:
        raise ApiError(Refusal.POLL_TOO_MANY, most=OPTIONS_MOST)
    options = [_words(request, option, OPTION_MAX, "options length") for option in draft.options]
    content = samples.poll(request.world, question, tuple(text for text, _ in options))
    poll: Json = content["poll"]
    poll |= {"question_entities": marks} if marks else {}
    for made, (_, dressed) in zip(poll["options"], options, strict=True):
        made |= {"text_entities": dressed} if dressed else {}
    quiz = asked.type == "quiz"
    revoting = not quiz if asked.allows_revoting is None else bool(asked.allows_revoting)
    poll |= {"is_anonymous": asked.is_anonymous is not False, "is_closed": bool(asked.is_closed)}
    poll |= {"allows_multiple_answers": bool(asked.allows_multiple_answers), "allows_revoting": revoting}
    poll["type"] = "quiz" if quiz else "regular"
    if quiz:
        poll |= _quiz(request, asked, draft, len(options))
    return content if poll["is_closed"] else {"poll": poll | _ends(request, asked)}


def _words(request: Request, draft: Draft, most: int, what: str) -> tuple[str, list[Json]]:
    text, marks = draft.settled(request.world.accounts.get, fancy=request.bot.fancy)
    if not text:
        raise ApiError(Refusal.TEXT_BLANK)
    if len(text) > most:
        raise ApiError(Refusal.POLL_TOO_LONG, what=what, most=most)
    return text, [mark for mark in marks if mark["type"] == "custom_emoji"]


def _quiz(request: Request, asked: SendPoll, draft: PollDraft, options: int) -> Json:
    right = asked.correct_option_ids
    if right is None and asked.correct_option_id is not None:
        right = [asked.correct_option_id]
    if not right:
        raise ApiError(Refusal.QUIZ_UNANSWERED)
    if any(later <= earlier for earlier, later in pairwise(right)):
        raise ApiError(Refusal.QUIZ_UNORDERED)
    if not all(0 <= number < options for number in right):
        raise ApiError(Refusal.QUIZ_WRONG)
    known: Json = {"correct_option_ids": right}
    if not draft.explanation.text:
        return known
    text, marks = draft.explanation.settled(request.world.accounts.get, fancy=request.bot.fancy)
    if len(text) > EXPLANATION_MAX:
        raise strict(f"the explanation of a quiz has at most {EXPLANATION_MAX} characters")
    return known | {"explanation": text} | ({"explanation_entities": marks} if marks else {})


def _ends(request: Request, asked: SendPoll) -> Json:
    """When the poll closes by itself, told both ways."""
    now = request.world.clock.date()
    ends = str(request.params.get("close_date") or "")
    period = asked.open_period or (int(ends) - now if ends.isdigit() else 0)
    if not period:
        return {}
    if not SHORTEST <= period <= LONGEST:
        raise strict(f"a poll is open for {SHORTEST} to {LONGEST} seconds")
    return {"open_period": period, "close_date": now + period}


def _fitting(poll: Json, chat: Chat) -> None:
    if chat.kind == "channel" and not poll["is_anonymous"]:
        raise ApiError(Refusal.POLL_NOT_ANONYMOUS)
