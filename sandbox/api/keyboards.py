"""Inline keyboards and the others, as Telegram reads them: first by themselves, then for the chat."""

import json
from typing import Any

from sandbox.accounts import Json
from sandbox.chats import Chat
from sandbox.content.links import BadLinkError, checked, person_of
from sandbox.errors import ApiError, Refusal, strict

MAX_BUTTONS = 100
MAX_PER_ROW = 8
MAX_BYTES = 10_240
MAX_COPY = 256
INLINE_SEARCH = str.split(
    "switch_inline_query switch_inline_query_chosen_chat switch_inline_query_current_chat"
)
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "copy_text",
    "callback_game",
    "pay",
    *INLINE_SEARCH,
}
LOOKS = {"text", "style", "icon_custom_emoji_id", "disabled"}
STYLES = {"", "default", "primary", "danger", "success"}
OTHERS = {"keyboard", "remove_keyboard", "force_reply"}
REQUESTS = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "request_users": "users",
    "request_chat": "chats",
    "request_managed_bot": "managed bots",
}
SCHEMES = ("mailto:", "tel:", "sms:")


def spelled_out(markup: Any, *, inline: bool) -> Any:
    """Plain strings among the buttons of a reply keyboard stand for buttons that say them.

    Raises:
        ApiError: there is such a keyboard where there may be only an `inline` one.
    """
    if inline and isinstance(markup, dict) and markup and "inline_keyboard" not in markup:
        raise ApiError(Refusal.INLINE_EXPECTED)
    if not isinstance(markup, dict) or not isinstance(markup.get("keyboard"), list):
        return markup
    rows = [
        [{"text": key} if isinstance(key, str) else key for key in row] if isinstance(row, list) else row
        for row in markup["keyboard"]
    ]
    return markup | {"keyboard": rows}


def known_only(markup: Any) -> tuple[Any, set[str]]:
    """An inline keyboard without what no button has, and the names of that."""
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list):
        return markup, set()
    buttons = [key for row in rows if isinstance(row, list) for key in row if isinstance(key, dict)]
    strange = {name for button in buttons for name in button} - ACTIONS - LOOKS
    for button in buttons:
        for name in strange & button.keys():
            del button[name]
    return markup, strange


def read(markup: Json | None) -> Json | None:
    """What the Bot API server refuses before it looks at any chat."""
    if not markup:
        return None
    if not {"inline_keyboard", *OTHERS} & markup.keys():
        raise strict(f"reply_markup of no known kind: {', '.join(sorted(markup))}")
    for button in _buttons(markup, "inline_keyboard"):
        _read(button, Refusal.BUTTON_UNREADABLE)
        unknown = button.keys() - ACTIONS - LOOKS
        if unknown:
            raise strict(f"an inline button has no {', '.join(sorted(unknown))}")
        _one_action(button)
    for key in _buttons(markup, "keyboard"):
        _read(key, Refusal.KEY_UNREADABLE)
    return markup


def settled(markup: Json | None, chat: Chat, *, edit: bool = False) -> Json | None:
    """The markup to keep in this chat: only inline keyboards are shown again in a message."""
    if not markup:
        return None
    inline = "inline_keyboard" in markup
    if not inline and (edit or chat.kind == "channel"):
        raise ApiError(Refusal.INLINE_EXPECTED)
    rows = _kept(markup, "inline_keyboard" if inline else "keyboard")
    for row in rows:
        for button in row:
            (_check_inline if inline else _check_key)(button, chat)
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MAX_BYTES:
        raise ApiError(Refusal.MARKUP_TOO_LONG)
    if not inline:
        shown = {name: value for name, value in markup.items() if name != "keyboard"}
        shown |= {"keyboard": rows} if rows else {}
        return {"_other": shown} if OTHERS & shown.keys() else None
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_PER_ROW for row in rows):
        raise ApiError(Refusal.MARKUP_TOO_LONG)
    for row in rows:
        for button in row:
            _check_served(button, chat)
    return {"inline_keyboard": rows} if rows else None


def _buttons(markup: Json, name: str) -> list[Json]:
    return [button for row in markup.get(name) or [] for button in row]


def _kept(markup: Json, name: str) -> list[list[Json]]:
    """Rows without the buttons that say nothing, which Telegram leaves out without a word."""
    rows = [
        [dict(b) for b in row if b["text"] or b.get("icon_custom_emoji_id")] for row in markup.get(name) or []
    ]
    return [row for row in rows if row]


def _read(button: Json, refusal: Refusal) -> None:
    if str(button.get("style") or "").lower() not in STYLES:
        raise ApiError(refusal, reason="invalid button style specified")
    icon = button.get("icon_custom_emoji_id")
    if icon and not str(icon).isdigit():
        raise ApiError(refusal, reason='Field "icon_custom_emoji_id" must be a valid Number')


def _one_action(button: Json) -> None:
    """A button does one thing, and says so."""
    actions = [
        name for name in ACTIONS & button.keys() if button[name] or name not in {"url", "callback_data"}
    ]
    if not actions:
        raise ApiError(Refusal.TEXT_BUTTON)
    if len(actions) > 1:
        raise strict(f"an inline button does one thing, not {', '.join(sorted(actions))}")


def _check_inline(button: Json, chat: Chat) -> None:
    """What td refuses: captions, addresses, buttons that make no sense in such a chat."""
    if not button["text"].strip():
        raise strict("an inline button needs a text")
    url = button.get("url")
    if url and url.lower().startswith(SCHEMES):
        raise strict(f"Telegram knows no {url.partition(':')[0]} links and makes a web address of {url!r}")
    if url and person_of(url) is None:
        button["url"] = _address("inline keyboard button", url)
    for name, what in (("web_app", "Web App"), ("login_url", "login")):
        if name in button:
            _address(f"inline keyboard button {what}", button[name]["url"], https=True)
    search = next((name for name in INLINE_SEARCH if name in button), None)
    if search and chat.kind == "channel":
        called = "switch_inline_query" if search == INLINE_SEARCH[1] else search
        raise ApiError(Refusal.SEARCH_IN_CHANNEL, what=called)


def _check_served(button: Json, chat: Chat) -> None:
    """What Telegram itself refuses, after everything else."""
    if len(button.get("callback_data", "").encode()) > 64:
        raise ApiError(Refusal.BUTTON_DATA)
    if {"pay", "callback_game"} & button.keys() or ("web_app" in button and chat.kind != "private"):
        raise ApiError(Refusal.BUTTON_TYPE)
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= MAX_COPY:
        raise ApiError(Refusal.BUTTON_COPY)


def _check_key(key: Json, chat: Chat) -> None:
    """A key of a reply keyboard: contacts, places and the like are asked for in private only."""
    if not key["text"].strip():
        raise strict("a key of a keyboard needs a text")
    asked = next((what for name, what in REQUESTS.items() if key.get(name)), None)
    if asked and chat.kind != "private":
        raise ApiError(Refusal.PRIVATE_ONLY, what=asked, verb="requested")
    if "web_app" in key:
        if chat.kind != "private":
            raise ApiError(Refusal.PRIVATE_ONLY, what="web App buttons", verb="used")
        _address("keyboard button Web App", key["web_app"]["url"], https=True)


def _address(what: str, url: str, *, https: bool = False) -> str:
    try:
        return checked(url, https=https)
    except BadLinkError as error:
        raise ApiError(Refusal.BUTTON_LINK, what=what, url=url, reason=error) from error
