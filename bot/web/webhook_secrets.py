"""What Telegram shows us to prove itself: another secret for each desk, so that one opens no other's path."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from bot.config import Settings


@dataclass(frozen=True, slots=True)
class WebhookSecrets:
    """The secrets of one desk: `told` goes to Telegram, and any of `known` opens the desk's path."""

    told: str
    known: tuple[str, ...]

    def opens(self, given: bytes) -> bool:
        """Whether this is one of them; each is compared in constant time."""
        return any(hmac.compare_digest(given, each.encode()) for each in self.known)


def secrets_of(settings: Settings) -> Mapping[str, WebhookSecrets]:
    """Every desk's secrets.

    One of its own goes before all. Several desks that have none each get one made of the common secret, which
    goes on opening their paths: only whoever wrote the file knows it.
    """
    common, alone = settings.telegram.webhook.secret.get_secret_value(), len(settings.desk) == 1
    found = {}
    for name, desk in settings.desk.items():
        own = desk.webhook_secret.get_secret_value()
        made = common if alone else _made(common, name, desk.token.get_secret_value())
        found[name] = WebhookSecrets(own, (own,)) if own else WebhookSecrets(made, (made, common))
    return found


def _made(common: str, name: str, token: str) -> str:
    bot_id = token.partition(":")[0]
    return hmac.new(common.encode(), f"{name}:{bot_id}".encode(), hashlib.sha256).hexdigest()
