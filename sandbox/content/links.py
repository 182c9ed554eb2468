"""Addresses as Telegram takes them: td's LinkManager::check_link and parse_url."""

import re

SCHEME = re.compile(r"[^:/?#@\[\]]*")
AUTHORITY = re.compile(r"[^/?#]*")
IPV6 = re.compile(r"\[[0-9a-fA-F:.]+\]")
PORT = re.compile(r":([^:\]@]*)$")
HOST = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})*")
USER = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})*")
OWN = {"tg": "tg", "ton": "ton", "tonsite": "ton"}
"""Telegram's own schemes, and what a wrong address of each is called."""
PERSON = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=(\d+)(?:[&#].*)?$", re.IGNORECASE)
MOST_PORT = 65_535


class BadLinkError(ValueError):
    """Why an address is refused, in td's words."""


def person_of(url: str) -> int | None:
    """Whom a tg://user?id=… link means."""
    found = PERSON.match(url)
    return int(found[1]) if found else None


def checked(url: str, *, https: bool = False) -> str:
    """The address as Telegram keeps it; with `https`, only that will do.

    Raises:
        BadLinkError: it is no address Telegram knows.
    """
    scheme, _, rest = url.partition(":")
    own = scheme.lower() if scheme.lower() in OWN and rest else ""
    protocol, user, host, port, tail = _parsed(rest.removeprefix("//") if own else url)
    if https and (protocol != "https" or own):
        raise BadLinkError("Only HTTPS links are allowed")
    if own:
        if (
            user
            or port
            or protocol == "https"
            or not re.fullmatch(r"[\w.-]+" if own == "tonsite" else r"[\w-]+", host)
        ):
            raise BadLinkError(f"Wrong {OWN[own]} URL")
        return f"{own}://{host}{tail.removeprefix('/') if tail.startswith('/?') else tail}"
    if "." not in host and not IPV6.fullmatch(host):
        raise BadLinkError("Wrong HTTP URL")
    return f"{protocol}://{user}{host}{port}{tail}"


def _parsed(url: str) -> tuple[str, str, str, str, str]:
    """Protocol, user with @, host, port with colon, and the rest, which begins with a slash."""
    scheme = SCHEME.match(url)[0]  # type: ignore[index]
    protocol, rest = "http", url
    if url[len(scheme) :].startswith("://"):
        protocol, rest = scheme.lower(), url[len(scheme) + 3 :]
        if protocol not in {"http", "https"}:
            raise BadLinkError("Unsupported URL protocol")
    authority = AUTHORITY.match(rest)[0]  # type: ignore[index]
    tail = rest[len(authority) :].rstrip()
    port = PORT.search(authority)
    if port and not (port[1].isdigit() and 0 < int(port[1]) <= MOST_PORT):
        raise BadLinkError("Wrong port number specified in the URL")
    user, at, host = authority[: port.start() if port else len(authority)].rpartition("@")
    _check_parts(user, host)
    tail = "".join(f"%{ord(c):02X}" if ord(c) <= 0x20 else c for c in tail)
    slashed = tail if tail.startswith("/") else f"/{tail}"
    return protocol, user + at, host.lower(), f":{int(port[1])}" if port else "", slashed


def _check_parts(user: str, host: str) -> None:
    if not host:
        raise BadLinkError("URL host is empty")
    if host == ".":
        raise BadLinkError("Host is invalid")
    if IPV6.fullmatch(host):
        return
    for part, allowed, name in ((host, HOST, "host"), (user, USER, "userinfo")):
        if not allowed.fullmatch(part):
            raise BadLinkError(f"Disallowed character in URL {name}")
