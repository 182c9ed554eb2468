"""A desk's settings as the rooms want them."""

import hmac
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.config import Desk, Settings
from bot.config.backup_channels import BackupChannels
from bot.config.settings import AlertSettings, ComponentSettings, Limits, NoticeTemplateSettings
from desk.alert_rule import AlertRule, AlertRules
from desk.component import Component
from desk.hiding.secrets import Secrets
from desk.hook import Hook
from desk.hours import WorkHours
from desk.letters.leaving import LeaveLinks
from desk.letters.letter import BackupAddress
from desk.letters.reach import PREFERRED, BackupReach
from desk.notice_template import NoticeTemplate
from desk.paid import PaidPace
from desk.people import Texts
from desk.profile import DeskPlaces, Profile


def profile(
    name: str, desk: Desk, words: Texts, limits: Limits | None = None, public_url: str = ""
) -> Profile:
    """A desk's settings as the rooms want them."""
    zone = ZoneInfo(desk.time_zone)
    return Profile(
        desk=name,
        company=desk.name,
        language=desk.language,
        zone=zone,
        hours=WorkHours.parse(desk.work_hours, zone),
        managers=frozenset(desk.managers),
        publishers=dict(desk.publishers),
        two_person=desk.two_person,
        two_person_first=desk.two_person_first,
        approval=timedelta(minutes=desk.approval_minutes),
        paid=paid_pace(desk),
        configured_group=desk.operators_group,
        places=DeskPlaces(group=desk.operators_group, channel=desk.incident_channel),
        texts=words,
        album_wait=timedelta(seconds=desk.album_wait_seconds),
        rating_delay=timedelta(seconds=desk.rating_delay_seconds),
        secrets=Secrets(desk.mask),
        banned_write_to=desk.banned_write_to,
        templates=tuple(template(key, desk, each) for key, each in desk.templates.items()),
        advertising=desk.advertising,
        escalation=frozenset(desk.escalation),
        backup=reach(desk.backup_channels),
        components=tuple(component(key, desk, each) for key, each in desk.components.items()),
        bulk_per_second=(limits or Limits()).bulk_per_second,
        alerts=alert_rules(desk.alerts),
        public_url=public_url,
        hooks=tuple(hook(each.url) for each in desk.webhooks),
    )


def profile_of(settings: Settings, name: str, words: Texts) -> Profile:
    """The same with what the whole file says: where it is found outside, and how links there are sealed."""
    desk, page = settings.desk[name], page_url(settings, name)
    told = profile(name, desk, words, settings.limits, public_url(settings, name))
    return replace(told, page_url=page, leave=LeaveLinks(page, _key(name, desk)))


def paid_pace(desk: Desk) -> PaidPace | None:
    """How notices may go faster for Stars; None if they may not."""
    if not desk.paid_broadcast:
        return None
    return PaidPace(per_second=desk.paid_per_second, most_stars=desk.paid_most_stars)


def public_url(settings: Settings, name: str) -> str:
    """Where a desk is reached from outside, without a slash at the end."""
    base = settings.web.public_url.rstrip("/") or f"http://{settings.web.listen}"
    return base if len(settings.desk) == 1 else f"{base}/d/{name}"


def page_url(settings: Settings, name: str) -> str:
    """The same for people: empty where nobody has said how the pages are reached."""
    return public_url(settings, name) if settings.web.public_url else ""


def _key(name: str, desk: Desk) -> bytes:
    """What a desk seals links with; only whoever has its token could make it."""
    token = desk.token.get_secret_value()
    return hmac.digest(token.encode(), f"letters of {name}".encode(), "sha256")


def hook(url: str) -> Hook:
    """How a program's address is named where it must not be said whole."""
    return Hook(blake2b(url.encode(), digest_size=8).hexdigest(), urlsplit(url).hostname or "")


def reach(channels: BackupChannels) -> BackupReach:
    """Whom the desk reaches by backup channels; an address of one that is not set up was refused before."""
    set_up = {
        "email": channels.email.is_set,
        "whatsapp": channels.whatsapp.is_set,
        "max": channels.max.is_set,
        "other": channels.other.is_set,
    }
    return BackupReach(
        channels=tuple(kind for kind in PREFERRED if set_up[kind]),
        lists=tuple(
            (each.component, BackupAddress.parse(written))
            for each in channels.lists
            for written in each.addresses
        ),
        managers=tuple(map(BackupAddress.parse, channels.managers)),
    )


def component(key: str, desk: Desk, settings: ComponentSettings) -> Component:
    """A component's settings as the rooms want them; what is said once is in the desk's language."""
    own = {desk.language: settings.name} if settings.name else {}
    heading = {desk.language: settings.group} if settings.group else {}
    return Component(
        id=key,
        names={**own, **settings.names},
        groups={**heading, **settings.groups},
        words=settings.words,
    )


def alert_rules(settings: AlertSettings) -> AlertRules:
    """The rules for alerts as the rooms want them."""
    rules = (
        AlertRule(
            match=each.match,
            component=each.component,
            severity=each.severity,
            template=each.template,
            publish=each.publish,
        )
        for each in settings.rules
    )
    return AlertRules(
        rules=tuple(rules),
        flapping=timedelta(minutes=settings.flapping_minutes),
        spike_people=settings.spike_people,
        spike_window=timedelta(minutes=settings.spike_minutes),
    )


def template(key: str, desk: Desk, settings: NoticeTemplateSettings) -> NoticeTemplate:
    """A ready text as the rooms want it; what is said once is in the desk's language."""
    own = {desk.language: settings.text} if settings.text else {}
    return NoticeTemplate(
        id=key,
        title=settings.title or key,
        severity=settings.severity,
        status=settings.status,
        components=settings.components,
        minutes=settings.next_minutes,
        texts={**own, **settings.texts},
    )
