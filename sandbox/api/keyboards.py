"""Inline keyboards and the others, as strictly as Telegram reads them."""

import json

from sandbox.accounts import Json
from sandbox.errors import ApiError, Refusal, strict

MAX_BUTTONS = 100
MAX_PER_ROW = 8
MAX_BYTES = 10_240
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
LOOKS = {"text", "style", "icon_custom_emoji_id", "disabled"}


def checked(markup: Json | None) -> Json | None:
    """The markup to keep: only inline keyboards are shown again in a message."""
    if not markup:
        return None
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MAX_BYTES:
        raise ApiError(Refusal.MARKUP_TOO_LONG)
    if "inline_keyboard" not in markup:
        if not {"keyboard", "remove_keyboard", "force_reply"} & markup.keys():
            raise strict(f"reply_markup of no known kind: {', '.join(sorted(markup))}")
        return {"_other": markup}
    rows = [list(row) for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_PER_ROW for row in rows):
        raise ApiError(Refusal.MARKUP_TOO_LONG)
    for row in rows:
        for button in row:
            _check(button)
    return {"inline_keyboard": rows} if rows else None


def _check(button: Json) -> None:
    unknown = button.keys() - ACTIONS - LOOKS
    if unknown:
        raise strict(f"an inline button has no {', '.join(sorted(unknown))}")
    if not button.get("text", "").strip():
        raise strict("an inline button needs a text")
    actions = [name for name in ACTIONS & button.keys() if button[name] not in (None, "")]
    if not actions:
        raise ApiError(Refusal.TEXT_BUTTON)
    if len(actions) > 1:
        raise strict(f"an inline button does one thing, not {', '.join(sorted(actions))}")
    if len(button.get("callback_data", "").encode()) > 64:
        raise ApiError(Refusal.BUTTON_DATA)
    url = button.get("url")
    if url and not url.startswith(("http://", "https://", "tg://")) and "." not in url:
        raise ApiError(Refusal.BUTTON_URL)
