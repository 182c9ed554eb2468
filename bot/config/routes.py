"""A way to Telegram as it stands in the configuration."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

DIRECT = "direct"
API = "api:"
PROXIES = {"socks5": "socks5", "socks5h": "socks5", "http": "http"}
"""The schemes of proxies; socks5h says what is always so, that the proxy finds the address out."""
LAST_PORT = 65535


class RouteError(ValueError):
    """What is written is no way to Telegram; `text` is the key of the text that says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class RouteAddress:
    """Where a way leads: `kind` is "direct", "socks5", "http" (a proxy) or "api" (another Bot API server).

    `name` is what may be shown: no user, no password, and no path, which may be a secret too.
    """

    kind: str
    name: str
    host: str = ""
    port: int = 0
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    api_url: str = field(default="", repr=False)


def parse_route(text: str) -> RouteAddress:
    """Read a way to Telegram; raises RouteError."""
    if text == DIRECT:
        return RouteAddress(DIRECT, DIRECT)
    url = text.removeprefix(API)
    parts = _parts(url)
    if url != text:
        if parts.scheme not in {"http", "https"}:
            raise RouteError("config.route")
        return RouteAddress("api", f"{API}{parts.scheme}://{_place(parts)}", api_url=url.rstrip("/"))
    if parts.scheme not in PROXIES or parts.path.rstrip("/") or parts.query or parts.fragment:
        raise RouteError("config.route")
    if not parts.port:
        raise RouteError("config.route_port")
    return RouteAddress(
        PROXIES[parts.scheme],
        f"{parts.scheme}://{_place(parts)}",
        parts.hostname or "",
        parts.port,
        None if parts.username is None else unquote(parts.username),
        None if parts.password is None else unquote(parts.password),
    )


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and (parts.port or 1) <= LAST_PORT
    except ValueError:
        known = False
    if not known:
        raise RouteError("config.route")
    return parts


def _place(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]
