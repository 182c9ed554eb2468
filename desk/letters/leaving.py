"""Links by which somebody ends letters to an address: whoever has one has had a letter of ours."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from desk.letters.letter import BackupAddress

MARK = 16
LONGEST = 600
"""Characters of a token; that of the longest address has fewer."""


class LeaveLinks:
    """Makes them and reads them for one desk; `url` is its page outside, empty if there is none.

    A token is the address sealed by the desk's key, as SIV does it: a mark of the address by one key, and the
    address hidden by what another makes of the mark. So it cannot be guessed, names nobody in the logs on
    its way, and needs no row: it works as long as the key does.
    """

    def __init__(self, url: str = "", key: bytes = b"") -> None:
        self._url = url
        self._marking, self._hiding = _made(key, b"mark"), _made(key, b"hide")

    def to(self, at: BackupAddress) -> str:
        """The link for an address; empty where there is no page."""
        return f"{self._url}/u/{self._sealed(at)}" if self._url else ""

    def read(self, token: str) -> BackupAddress | None:
        """The address that a token of this desk's was made of; None if it is none."""
        if len(token) > LONGEST or not token.isascii():
            return None
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            mark, hidden = raw[:MARK], raw[MARK:]
            said = self._turned(mark, hidden)
            genuine = hmac.compare_digest(mark, self._mark(said))
            return BackupAddress.parse(said.decode()) if genuine else None
        except ValueError:
            return None

    def _sealed(self, at: BackupAddress) -> str:
        said = f"{at.channel}:{at.address}".encode()
        mark = self._mark(said)
        return urlsafe_b64encode(mark + self._turned(mark, said)).rstrip(b"=").decode()

    def _mark(self, said: bytes) -> bytes:
        return _made(self._marking, said)[:MARK]

    def _turned(self, mark: bytes, said: bytes) -> bytes:
        """Hide what is said, or show what is hidden."""
        stream = hashlib.shake_256(_made(self._hiding, mark)).digest(len(said))
        return bytes(a ^ b for a, b in zip(said, stream, strict=True))


def _made(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, said, "sha256")
