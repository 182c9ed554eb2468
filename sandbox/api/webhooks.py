"""setWebhook, deleteWebhook, getWebhookInfo."""

import ipaddress
import re
from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook

from sandbox.accounts import Json
from sandbox.api.registry import Remarked, Request, method
from sandbox.errors import ApiError, Refusal, wait
from sandbox.wire.mailbox import DEFAULT, Address

SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_MAX = 256
CONNECTIONS = 40
CONNECTIONS_MAX = 100


@method(SetWebhook)
def set_webhook(request: Request, asked: SetWebhook) -> Remarked:
    world, bot = request.world, request.bot
    mail = world.mail[bot.id]
    if not asked.url:
        return _remove(request, drop=bool(asked.drop_pending_updates))
    _check_secret(asked.secret_token or "")
    _check_url(asked.url)
    if world.limits.enforced and world.webhooks.set_lately(bot):
        raise wait(1)
    mail.allow(asked.allowed_updates)
    if asked.drop_pending_updates:
        mail.clear()
    connections = max(1, min(asked.max_connections or CONNECTIONS, CONNECTIONS_MAX))
    settings = Address(asked.url, asked.secret_token or "", connections)
    old = world.webhooks.of(bot)
    if old is not None and old.settings == settings:
        return Remarked(True, "Webhook is already set")
    mail.interrupt(Refusal.WEBHOOK_TOOK_OVER)
    world.webhooks.use(bot, settings)
    return Remarked(True, "Webhook was set")


@method(DeleteWebhook)
def delete_webhook(request: Request, asked: DeleteWebhook) -> Remarked:
    return _remove(request, drop=bool(asked.drop_pending_updates))


@method(GetWebhookInfo)
def get_webhook_info(request: Request, _: GetWebhookInfo) -> Json:
    mail = request.world.mail[request.bot.id]
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(mail)}
    if mail.allowed != DEFAULT:
        info["allowed_updates"] = sorted(mail.allowed)
    delivery = request.world.webhooks.of(request.bot)
    if delivery is None:
        return info
    info |= {"url": delivery.settings.url, "max_connections": delivery.settings.max_connections}
    if delivery.last_error is not None:
        info["last_error_date"], info["last_error_message"] = delivery.last_error
    return info


def _remove(request: Request, *, drop: bool) -> Remarked:
    if drop:
        request.world.mail[request.bot.id].clear()
    if request.world.webhooks.of(request.bot) is None:
        return Remarked(True, "Webhook is already deleted")
    request.world.webhooks.forget(request.bot)
    return Remarked(True, "Webhook was deleted")


def _check_secret(secret: str) -> None:
    if len(secret) > SECRET_MAX:
        raise ApiError(Refusal.SECRET_TOO_LONG)
    if not SECRET.fullmatch(secret):
        raise ApiError(Refusal.SECRET_CHARACTERS)


def _check_url(url: str) -> None:
    """HTTPS, or plain HTTP on this machine as a Bot API server of one's own allows."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"}:
        raise ApiError(Refusal.WEBHOOK_URL)
    if not _is_loopback(host):
        # nothing leaves this machine, so an address elsewhere could never be delivered to
        raise ApiError(Refusal.WEBHOOK_HTTPS if parts.scheme == "http" else Refusal.WEBHOOK_ELSEWHERE)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
