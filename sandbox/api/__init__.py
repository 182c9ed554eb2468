"""The Bot API's methods, a module per family; importing them registers them."""

from sandbox.api import (
    albums,
    callbacks,
    copying,
    deleting,
    editing,
    identity,
    media,
    pins,
    plainer,
    polling,
    reactions,
    rooms,
    texts,
    topics,
    webhooks,
)
from sandbox.api.registry import METHODS, Entry, Request, Said

__all__ = [
    "METHODS",
    "Entry",
    "Request",
    "Said",
    "albums",
    "callbacks",
    "copying",
    "deleting",
    "editing",
    "identity",
    "media",
    "pins",
    "plainer",
    "polling",
    "reactions",
    "rooms",
    "texts",
    "topics",
    "webhooks",
]
