"""Addresses of e-mail, and what is none."""

import re
from dataclasses import dataclass
from email.utils import parseaddr

LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", re.ASCII)
DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}", re.ASCII)
LONGEST = 254


@dataclass(frozen=True, slots=True)
class MailSender:
    """Whom an e-mail is from."""

    name: str
    address: str

    @classmethod
    def parse(cls, written: str) -> "MailSender":
        """Read it as people write it, Sample <support@example.com>; raises ValueError."""
        name, address = parseaddr(written)
        known = mailbox(address)
        if known is None or "\n" in written or "\r" in written:
            raise ValueError("no address of a sender")
        return cls(" ".join(name.split()), known)


def mailbox(written: str) -> str | None:
    """The address as servers take it, a domain in other letters as ASCII; None if it is none."""
    local, at, domain = written.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        return None
    fits = at and LOCAL.fullmatch(local) and DOMAIN.fullmatch(ascii_domain) and len(ascii_domain) < LONGEST
    whole = local.strip(".") == local and ".." not in local
    return f"{local}@{ascii_domain}" if fits and whole else None
