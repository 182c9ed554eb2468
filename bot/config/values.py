"""The kinds of value a configuration has, each refusing what it is not by the key of a text."""

import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.config.routes import RouteError, parse_route
from desk.letters.letter import BackupAddress
from desk.letters.mailbox import MailSender
from faq.matching.encoders.choice import Choice, NoEncoder, named

T = TypeVar("T")

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+", re.ASCII)
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)
DESK_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
COMPONENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", re.ASCII)
LISTEN = re.compile(r"(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(?P<port>\d{1,5})", re.ASCII)
LAST_PORT = 65535
UNENCRYPTED = "smtp+plain"
SMTP_SCHEMES = {"smtp": ("starttls", 587), "smtps": ("tls", 465), UNENCRYPTED: ("none", 25)}
"""How an e-mail's way is encrypted by the scheme of its address, and the port where none is written."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MEASURED = "measured"
YES = frozenset({"true", "yes", "on", "1", "t", "y"})
NO = frozenset({"false", "no", "off", "0", "f", "n", ""})
"""How a variable of the environment says it. A folder with such a name can be written as ./no."""


def _wrong(text: str, **params: object) -> PydanticCustomError:
    return PydanticCustomError("ours", "see the texts", {"text": text, "params": params})


def _must(holds: Callable[[T], object], text: str) -> AfterValidator:
    def check(value: T) -> T:
        if not holds(value):
            raise _wrong(text)
        return value

    return AfterValidator(check)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (OSError, ValueError, KeyError):
        return False


def _is_language(code: str) -> bool:
    from locales import Texts

    return code in Texts().languages


def _are_hours(lines: tuple[str, ...]) -> bool:
    from datetime import UTC

    from desk.hours import WorkHours

    try:
        return bool(WorkHours.parse(lines, UTC))
    except ValueError:
        return False


def _is_weekly(text: str) -> bool:
    from editorial.weekly import Weekly

    try:
        Weekly.parse(text)
    except ValueError:
        return False
    return True


def _mask(pattern: str) -> str:
    from desk.hiding.own_patterns import objection

    found = objection(pattern)
    if found is not None:
        raise _wrong(f"config.mask.{found}")
    return pattern


def _notice_text(text: str) -> str:
    from desk.notice_template import objection

    found = objection(text)
    if found is not None:
        raise _wrong("config.notice_text", reason=found)
    return text


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_listen(address: str) -> bool:
    found = LISTEN.fullmatch(address)
    return found is not None and int(found["port"]) <= LAST_PORT


def _route(given: SecretStr) -> SecretStr:
    try:
        parse_route(given.get_secret_value())
    except RouteError as error:
        raise _wrong(error.text) from None
    return given


def _threshold(given: object) -> float | None:
    """A number from 0 to 1, or nothing for the one that was measured."""
    if given is None or given == MEASURED:
        return None
    try:
        number = float("" if isinstance(given, bool) else str(given))
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise _wrong("config.threshold", measured=MEASURED)
    return number


def _semantic(given: object, info: ValidationInfo) -> Choice | None:
    """The name of an encoder or a model's folder; true is the first that there was."""
    text = str(given).lower() if isinstance(given, bool | int) else given
    if not isinstance(text, str):
        raise _wrong("config.semantic")
    if text.lower() in NO:
        return None
    try:
        return named("use" if text.lower() in YES else text, _home(info))
    except NoEncoder as why:
        raise _wrong(why.text, **why.params) from None


def _home(info: ValidationInfo) -> Path:
    return Path(info.context["home"]) if info.context else Path.cwd()


def _at_home(path: Path, info: ValidationInfo) -> Path:
    found = _home(info) / path.expanduser()
    if not found.is_file():
        raise _wrong("config.no_file", path=str(path))
    return found


def _folder(name: str, info: ValidationInfo) -> str:
    if "\0" in name:
        raise _wrong("config.no_path")
    return str(_home(info) / Path(name).expanduser()) if name else ""


def _storage_url(url: str, info: ValidationInfo) -> str:
    if "\0" in url:
        raise _wrong("config.storage_url")
    if url.startswith("postgresql://"):
        return url
    path = url.removeprefix("sqlite:///")
    if path in {url, "", ":memory:"}:
        raise _wrong("config.storage_url")
    return f"sqlite:///{_home(info) / Path(path).expanduser()}"


def _ca_file(name: str, info: ValidationInfo) -> str:
    """A file with certificates, which is read now: a broken one would be found out when it is needed most."""
    if not name:
        return ""
    path = _at_home(Path(name), info)
    try:
        ssl.create_default_context().load_verify_locations(cafile=path)
    except (OSError, ValueError):
        raise _wrong("config.ca_file", path=name) from None
    return str(path)


def _smtp_url(given: SecretStr) -> SecretStr:
    text = given.get_secret_value()
    try:
        parts = urlsplit(text)
        known = parts.scheme in SMTP_SCHEMES and bool(parts.hostname) and (parts.port or 1) <= LAST_PORT
        bare = not (parts.path.strip("/") or parts.query or parts.fragment)
    except ValueError:
        known = bare = False
    if text and not (known and bare):
        raise _wrong("config.smtp_url")
    if text and parts.password and parts.scheme == UNENCRYPTED and parts.hostname not in LOOPBACK:
        raise _wrong("config.smtp_password")
    return given


def _is_sender(written: str) -> bool:
    try:
        return not written or bool(MailSender.parse(written))
    except ValueError:
        return False


def _is_backup_address(written: str) -> bool:
    try:
        return bool(BackupAddress.parse(written))
    except ValueError:
        return False


def _apprise_url(given: SecretStr) -> SecretStr:
    url = given.get_secret_value()
    if url and (not re.match(r"[a-z0-9]+://.", url) or "{address}" not in url):
        raise _wrong("config.apprise_url")
    if url.startswith("tgram"):
        raise _wrong("config.apprise_telegram")
    return given


Token = Annotated[SecretStr, _must(lambda token: TOKEN.fullmatch(token.get_secret_value()), "config.token")]
WebhookSecret = Annotated[
    SecretStr,
    _must(
        lambda secret: not secret.get_secret_value() or WEBHOOK_SECRET.fullmatch(secret.get_secret_value()),
        "config.webhook_secret",
    ),
]
DeskName = Annotated[str, _must(DESK_NAME.fullmatch, "config.desk_name")]
# It stands in a button's press and in a link to the bot, which leave it this much room.
ComponentName = Annotated[str, _must(COMPONENT.fullmatch, "config.component_name")]
Group = Annotated[int, _must(lambda number: number < 0, "config.chat_id")]
Person = Annotated[int, _must(lambda number: number > 0, "config.person_id")]
Language = Annotated[str, _must(_is_language, "config.language")]
Zone = Annotated[str, _must(_is_zone, "config.time_zone")]
WorkHoursLines = Annotated[tuple[str, ...], _must(_are_hours, "config.work_hours")]
Weekly = Annotated[str, _must(_is_weekly, "config.weekly")]
MaskPattern = Annotated[str, AfterValidator(_mask)]
NoticeText = Annotated[str, AfterValidator(_notice_text)]
WebAddress = Annotated[
    str, AfterValidator(lambda url: url.rstrip("/")), _must(_is_web_address, "config.web_address")
]
OptionalWebAddress = Annotated[
    str,
    AfterValidator(lambda url: url.rstrip("/")),
    _must(lambda url: not url or _is_web_address(url), "config.web_address"),
]
# A proxy's may carry a password, so they are never shown.
Routes = Annotated[
    tuple[Annotated[SecretStr, AfterValidator(_route)], ...],
    _must(lambda routes: routes, "config.no_routes"),
    _must(lambda routes: len(set(routes)) == len(routes), "config.routes_alike"),
]
Threshold = Annotated[float | None, BeforeValidator(_threshold)]
Semantic = Annotated[Choice | None, BeforeValidator(_semantic)]
Listen = Annotated[str, _must(_is_listen, "config.listen")]
Folder = Annotated[str, AfterValidator(_folder)]
HomeFile = Annotated[Path, AfterValidator(_at_home)]
# It may carry a password, so it is never shown.
StorageUrl = Annotated[str, AfterValidator(_storage_url), Field(repr=False)]
CaFile = Annotated[str, AfterValidator(_ca_file)]
SmtpUrl = Annotated[SecretStr, AfterValidator(_smtp_url)]
SenderAddress = Annotated[str, _must(_is_sender, "config.sender")]
AppriseUrl = Annotated[SecretStr, AfterValidator(_apprise_url)]
WrittenAddress = Annotated[str, _must(_is_backup_address, "config.backup_address")]
PhoneId = Annotated[
    str, _must(lambda text: not text or re.fullmatch(r"\d{5,20}", text, re.ASCII), "config.phone_id")
]
TemplateName = Annotated[
    str, _must(lambda text: not text or re.fullmatch(r"[a-z0-9_]{1,512}", text, re.ASCII), "config.template")
]
TemplateLanguages = Annotated[
    tuple[
        Annotated[
            str,
            _must(
                lambda text: re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", text, re.ASCII),
                "config.template_language",
            ),
        ],
        ...,
    ],
    _must(lambda codes: codes, "config.no_template_language"),
]
HeaderToken = Annotated[
    SecretStr,
    _must(lambda token: re.fullmatch(r"[!-~]*", token.get_secret_value(), re.ASCII), "config.header_token"),
]
