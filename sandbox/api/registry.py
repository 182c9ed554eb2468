"""The methods the sandbox carries, each checked against aiogram's model of it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from aiogram import methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, InputFile
from pydantic import BaseModel, ValidationError

from sandbox.accounts import BotAccount, Json
from sandbox.api.keyboards import known_only, spelled_out
from sandbox.content.files import Upload
from sandbox.errors import ApiError, Refusal, strict

if TYPE_CHECKING:
    from sandbox.world import World

NOT_CARRIED = frozenset(
    str.split(
        "business_connection_id direct_messages_topic_id suggested_post_parameters inline_message_id "
        "ephemeral_message_parameters receiver_user_id callback_query_id rich_message"
    )
)
M = TypeVar("M", bound=TelegramMethod[Any])


@dataclass(slots=True)
class Request:
    """A call being carried out: who asks, what was sent along."""

    world: "World"
    bot: BotAccount
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Remarked:
    """A result with a remark beside it, as "Webhook was set"."""

    result: Any
    description: str


Handler = Callable[[Request, Any], Any]


@dataclass(frozen=True)
class BotMethod:
    """One method of the Bot API: aiogram's model of its parameters, and what it does here."""

    name: str
    model: type[TelegramMethod[Any]]
    handler: Handler
    nested: frozenset[str]
    uploads: frozenset[str]
    foreign: frozenset[str]
    texts: frozenset[str]
    only_inline: bool

    def run(self, request: Request) -> Any | Awaitable[Any]:
        return self.handler(request, self.read(request))

    def _tidy(self, params: Json) -> None:
        """What Telegram reads with an open mind: nothing given, numbers for texts, the method's own name."""
        if "method" not in self.model.model_fields:
            params.pop("method", None)
        for name in [*params]:
            if params[name] is None or (params[name] == "" and name not in self.texts):
                del params[name]
            elif name in self.texts and isinstance(params[name], bool | int | float):
                params[name] = json.dumps(params[name])

    def read(self, request: Request) -> TelegramMethod[Any]:
        """The parameters as aiogram's model; what neither knows is refused by name, or ignored if lenient."""
        params = request.params
        self._tidy(params)
        unknown = params.keys() - self.model.model_fields.keys()
        if unknown and not request.world.lenient:
            raise strict(f"{self.name} has no parameter {', '.join(sorted(unknown))}")
        for name in sorted(unknown):
            request.ignored.append(name)
            del params[name]
        for name in self.nested & params.keys():
            params[name] = _decoded(name, params[name])
        if "reply_markup" in params:
            params["reply_markup"] = spelled_out(params["reply_markup"], inline=self.only_inline)
            if request.world.lenient:
                params["reply_markup"], strange = known_only(params["reply_markup"])
                request.ignored += [f"reply_markup.{name}" for name in sorted(strange)]
        refused = self.foreign & params.keys()
        if refused:
            raise strict(f"{', '.join(sorted(refused))} of {self.name} is not carried by the sandbox")
        given = {k: _without_uploads(v) for k, v in params.items() if k not in self.uploads}
        try:
            read = self.model.model_validate(given)
        except ValidationError as error:
            raise _complaint(error) from error
        for name in () if request.world.lenient else self.nested & params.keys():
            _no_strangers(name, getattr(read, name))
        return read


METHODS: dict[str, BotMethod] = {}
TELEGRAM_HAS = {
    model.__api_method__.lower(): model.__api_method__
    for model in vars(methods).values()
    if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
}
"""What the Bot API has, carried here or not."""


def find(name: str) -> BotMethod:
    """A method by its name in any case.

    Raises:
        ApiError: Telegram has no such method, or has it and the sandbox does not carry it.
    """
    entry = METHODS.get(name.lower())
    if entry is None and name.lower() in TELEGRAM_HAS:
        raise strict(f"{TELEGRAM_HAS[name.lower()]} is in the Bot API, but not carried here")
    if entry is None:
        raise ApiError(Refusal.METHOD_NOT_FOUND)
    return entry


def method(model: type[M]) -> Callable[[Callable[[Request, M], Any]], Callable[[Request, M], Any]]:
    """Register a function as the way this Bot API method works here."""

    def register(handler: Callable[[Request, M], Any]) -> Callable[[Request, M], Any]:
        name = model.__api_method__
        kinds = {field_name: _kinds(info.annotation) for field_name, info in model.model_fields.items()}
        nested = frozenset(k for k, v in kinds.items() if "json" in v)
        uploads = frozenset(k for k, v in kinds.items() if v == {"file"})
        optional = {k for k, info in model.model_fields.items() if not info.is_required()}
        texts = frozenset(k for k, info in model.model_fields.items() if _is_text(info.annotation))
        foreign = NOT_CARRIED & optional
        METHODS[name.lower()] = BotMethod(
            name, model, handler, nested, uploads, foreign, texts, _only_inline(model)
        )
        return handler

    return register


def is_true(value: Any) -> bool:
    """A yes, in the ways Telegram understands it."""
    return str(value).lower() in {"true", "yes", "1"}


def plain(model: BaseModel | None) -> Json | None:
    """A nested object back as the JSON it came in."""
    return None if model is None else model.model_dump(exclude_none=True, by_alias=True, warnings=False)


def _kinds(annotation: Any) -> set[str]:
    """Whether a field may hold JSON (an object or a list), a file, or a plain value."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return set().union(*(_kinds(a) for a in get_args(annotation) if a is not type(None)))
    if origin is list:
        return {"json"}
    if isinstance(annotation, type) and issubclass(annotation, InputFile):
        return {"file"}
    if annotation is Default:
        return set()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {"json"}
    return {"plain"}


def _is_text(annotation: Any) -> bool:
    """Whether a field holds words and nothing else: an empty one says that there are none."""
    kinds = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)
    return set(kinds) - {type(None), Default} == {str}


def _only_inline(model: type[TelegramMethod[Any]]) -> bool:
    """Whether a method takes no other keyboard, as those that edit."""
    field_info = model.model_fields.get("reply_markup")
    return field_info is not None and set(get_args(field_info.annotation)) == {
        InlineKeyboardMarkup,
        type(None),
    }


def _without_uploads(value: Any) -> Any:
    """Album items without their thumbnails, which aiogram's models only take as files."""
    if isinstance(value, list):
        return [_without_uploads(item) for item in value]
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if k not in {"thumbnail", "cover"}}
    return value


def _no_strangers(name: str, value: Any) -> None:
    """Refuse fields of nested objects that aiogram does not know."""
    if isinstance(value, list):
        for item in value:
            _no_strangers(name, item)
    elif isinstance(value, BaseModel):
        if value.model_extra:
            raise strict(f"{name} has no field {', '.join(sorted(value.model_extra))}")
        for field_name in value.model_fields_set:
            _no_strangers(f"{name}.{field_name}", getattr(value, field_name))


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise strict(f"can't parse {name} as JSON") from error


def _complaint(error: ValidationError) -> ApiError:
    """The first thing wrong, in Telegram's words where it has them."""
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    missing = {"chat_id": Refusal.CHAT_ID_EMPTY, "text": Refusal.TEXT_MISSING}
    missing["message_id"] = Refusal.MESSAGE_ID_MISSING
    if first["type"] == "missing" and name in missing:
        return ApiError(missing[name])
    return strict(f'parameter "{name}": {first["msg"]}')
