"""What came in a body, of a request or of a webhook's answer: JSON, a form, or a form with files."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiDictProxy

from sandbox.accounts import Json
from sandbox.content.files import Upload
from sandbox.errors import ApiError, strict

BROKEN = (ValueError, HttpProcessingError)
"""What is raised where a body is not what it says it is."""


def parsed(kind: str, body: bytes) -> Json:
    """The parameters of a body without files.

    Raises:
        ApiError: it is not what it says it is.
    """
    try:
        text = body.decode("utf-8")
        found = json.loads(text or "{}") if kind == "application/json" else dict(_form(text))
    except ValueError as error:
        raise unreadable() from error
    if not isinstance(found, dict):
        raise strict("the body is not a JSON object")
    return found


def unreadable() -> ApiError:
    return strict("the body cannot be read")


def split(form: MultiDictProxy[Any], params: Json, files: dict[str, Upload]) -> None:
    """Files apart from values; a file under a parameter's own name is attached to it."""
    for key, value in form.items():
        if isinstance(value, web.FileField):
            files[key] = Upload(value.file.read(), value.filename, value.content_type)
            value.file.close()
        else:
            params[key] = value
    attach(params, files)


async def parts(reader: MultipartReader) -> tuple[Json, dict[str, Upload]]:
    """Values and files of a multipart answer."""
    params: Json = {}
    files: dict[str, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise unreadable()
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            params[part.name] = data.decode("utf-8")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(data, part.filename, kind)
    attach(params, files)
    return params, files


def attach(params: Json, files: dict[str, Upload]) -> None:
    """A file nobody names belongs to the parameter of its own name."""
    named = "".join(str(value) for value in params.values())
    params |= {key: f"attach://{key}" for key in files if f"attach://{key}" not in named}


def _form(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict")
