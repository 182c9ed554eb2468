"""Parcels of schema 0003 as Bot API calls, parcels of schema 0004 as bodies: one told as the other."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
Fields = dict[str, Any]
NO_PREVIEW = {"is_disabled": True}


def to_body(row: Row) -> Fields:
    """The columns act, body, thread_id of a row that had act, call, reply_to, merge."""
    call = dict(row["call"] or {})
    if row["act"] == "call":
        act, body = _body(call)
        return {"act": act, "body": body or None, "thread_id": call.get("message_thread_id")}
    body = {name: row[name] for name in ("reply_to", "merge") if row[name] is not None}
    ref = row["ref"] if isinstance(row["ref"], dict) else {}
    if ref.get("asks"):
        body["suggest"] = True
    if ref.get("media") and row["act"] == "amend":
        body["with_file"] = True
    if row["act"] == "react":
        body["emoji"] = _emoji(call)
    return {"act": row["act"], "body": body or None, "thread_id": None}


def to_call(row: Row) -> Fields:
    """The columns act, call, reply_to, merge, ref of a row that had act, body, thread_id."""
    body, act = dict(row["body"] or {}), row["act"]
    ref = dict(row["ref"]) if isinstance(row["ref"], dict) else row["ref"]
    plain = {"reply_to": body.get("reply_to"), "merge": body.get("merge"), "ref": ref}
    if act in {"carry", "amend", "erase", "card", "title"}:
        if isinstance(ref, dict) and act in {"carry", "amend"} and row["kind"] != "relay.replied":
            ref["asks"] = bool(body.get("suggest"))
            if act == "amend":
                ref["media"] = bool(body.get("with_file"))
        return {**plain, "act": act, "call": None}
    if act == "react":
        return {**plain, "act": act, "call": _reaction(0, body.get("emoji"))}
    call = _call(act, body)
    if row["thread_id"] is not None:
        call["message_thread_id"] = row["thread_id"]
    return {**plain, "act": "call", "call": call}


def _body(call: Fields) -> tuple[str, Fields]:
    method = call.get("method")
    if method == "closeForumTopic":
        return "close_topic", {}
    if method == "setMessageReaction":
        return "mark", {"message_id": call["message_id"], "emoji": _emoji(call)}
    rows = [
        [[button["text"], button["callback_data"]] for button in row]
        for row in call.get("reply_markup", {}).get("inline_keyboard", ())
    ]
    shown: Fields = {"rows": rows} if rows else {}
    if method == "editMessageReplyMarkup":
        return "rebutton", {"message_id": call["message_id"], **shown}
    if method == "editMessageText":
        return "rewrite", {"message_id": call["message_id"], "html": call["text"], **shown}
    if method == "editMessageMedia":
        media = call["media"]
        said = {"html": media.get("caption", ""), "media": _media(media["type"], media["media"])}
        return "rewrite", {"message_id": call["message_id"], **said, **shown}
    return "say", {**_said(call), **shown}


def _said(call: Fields) -> Fields:
    html = call.get("text", call.get("caption", ""))
    said: Fields = {"html": html} if html else {}
    for kind in ("animation", "photo", "video", "audio", "voice", "document"):
        if kind in call:
            said["media"] = _media(kind, call[kind])
    if "reply_parameters" in call:
        said["answers"] = call["reply_parameters"]["message_id"]
    if call.get("disable_notification"):
        said["quiet"] = True
    return said


def _media(kind: str, file: Any) -> Fields:
    match file:
        case {"upload": path}:
            return {"kind": kind, "path": path}
        case {"upload_text": text, "name": name}:
            return {"kind": kind, "file": name, "text": text}
        case _:
            return {"kind": kind, "file": file}


def _call(act: str, body: Fields) -> Fields:
    rows = body.get("rows", ())
    keyboard = [[{"text": text, "callback_data": press} for text, press in row] for row in rows]
    markup = {"reply_markup": {"inline_keyboard": keyboard}}
    match act:
        case "close_topic":
            return {"method": "closeForumTopic"}
        case "mark":
            return _reaction(body["message_id"], body["emoji"])
        case "rebutton":
            return {"method": "editMessageReplyMarkup", "message_id": body["message_id"], **markup}
        case "rewrite" if "media" in body:
            caption = {"caption": body["html"], "parse_mode": "HTML"} if body["html"] else {}
            media = {"type": body["media"]["kind"], "media": _file(body["media"]), **caption}
            return {"method": "editMessageMedia", "message_id": body["message_id"], "media": media, **markup}
        case "rewrite":
            return {
                "method": "editMessageText",
                "message_id": body["message_id"],
                **_text(body["html"]),
                **markup,
            }
    return {**_saying(body), **(markup if rows else {})}


def _saying(body: Fields) -> Fields:
    html, media = body.get("html", ""), body.get("media")
    if media is None:
        call = {"method": "sendMessage", **_text(html)}
    else:
        caption = {"caption": html, "parse_mode": "HTML"} if html else {}
        call = {"method": f"send{media['kind'].title()}", media["kind"]: _file(media), **caption}
    if "answers" in body:
        call["reply_parameters"] = {"message_id": body["answers"], "allow_sending_without_reply": True}
    if body.get("quiet"):
        call["disable_notification"] = True
    return call


def _text(html: str) -> Fields:
    return {"text": html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}


def _file(media: Fields) -> Any:
    if "path" in media:
        return {"upload": media["path"]}
    return {"upload_text": media["text"], "name": media["file"]} if "text" in media else media["file"]


def _reaction(message_id: int, emoji: str | None) -> Fields:
    reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
    return {"method": "setMessageReaction", "message_id": message_id, "reaction": reaction}


def _emoji(call: Fields) -> str | None:
    return next((each["emoji"] for each in call.get("reaction", ())), None)
