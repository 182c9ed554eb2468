"""Every method there is: importing a family registers its methods."""

from sandbox.api import (
    albums,
    callbacks,
    copying,
    deleting,
    editing,
    identity,
    live,
    media,
    pins,
    plainer,
    polling,
    polls,
    reactions,
    rooms,
    texts,
    topics,
    webhooks,
)
from sandbox.api.registry import METHODS, find

__all__ = [
    "METHODS",
    "albums",
    "callbacks",
    "copying",
    "deleting",
    "editing",
    "find",
    "identity",
    "live",
    "media",
    "pins",
    "plainer",
    "polling",
    "polls",
    "reactions",
    "rooms",
    "texts",
    "topics",
    "webhooks",
]
