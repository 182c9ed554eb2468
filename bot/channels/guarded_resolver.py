"""Finds where a hook is, and refuses places inside our own network."""

import asyncio
import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of the old kind as the new kind sees them; what is behind one cannot be told from outside."""


class PrivateAddressError(OSError):
    """The host is, or may be, inside a private network."""


class GuardedResolver(AbstractResolver):
    """Resolves hosts; a connection goes to what was looked at here and to nothing else."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host, if all of them are public."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        results = [_result(host, port, each[0], str(each[4][0])) for each in found]
        if not results or not all(is_public(each["host"]) for each in results):
            raise PrivateAddressError
        return results

    async def close(self) -> None:
        """Nothing is held open."""


def is_public(host: str) -> bool:
    """Whether an address is one that anybody can reach."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if address in TRANSLATED:
            return False
    return address.is_global and not address.is_multicast


def _result(host: str, port: int, family: int, address: str) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=family,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
