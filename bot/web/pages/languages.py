"""In which languages a page is wanted."""

from aiohttp import web

LONGEST = 200
"""Characters of a wish for languages that are read."""


def wanted(request: web.Request, *, of_people: bool = True) -> list[str]:
    """The languages that are asked for; only people's browsers ask without saying so."""
    chosen = request.query.get("language")
    if chosen or not of_people:
        return [chosen or ""]
    said = request.headers.get("Accept-Language", "")[:LONGEST].split(",")
    return [each.partition(";")[0].strip() for each in said]
