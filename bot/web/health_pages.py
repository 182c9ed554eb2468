"""/healthz, /readyz and /metrics for whoever watches over us: they read memory, and wait for nothing."""

from aiohttp import web

from bot.health.watch import Watch

METRICS = "text/plain; version=0.0.4; charset=utf-8"
FRESH = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class HealthPages:
    """The pages of the whole process at the root, those of each desk below /d/NAME/."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def add_to(self, app: web.Application) -> None:
        """The same three, twice."""
        app.add_routes(self.routes())

    def routes(self) -> list[web.RouteDef]:
        """Their paths."""
        pages = (("/healthz", self._alive), ("/readyz", self._ready), ("/metrics", self._metrics))
        return [web.get(prefix + path, page) for prefix in ("", "/d/{desk}") for path, page in pages]

    async def told(self, request: web.Request) -> web.Response:
        """What /readyz says, for a page that shows it: it is an answer too that something is wrong."""
        language = self._watch.language(request.query.get("language", ""))
        return web.json_response(self._watch.report(language), headers=FRESH)

    async def _alive(self, request: web.Request) -> web.Response:
        """Whoever reads this has heard from a loop that turns."""
        self._desk(request)
        return web.json_response({"alive": True}, headers=FRESH)

    async def _ready(self, request: web.Request) -> web.Response:
        wanted = request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip()
        report = self._watch.report(self._watch.language(wanted), self._desk(request))
        return web.json_response(report, status=200 if report["ready"] else 503, headers=FRESH)

    async def _metrics(self, request: web.Request) -> web.Response:
        from bot.web.exposition import exposed

        body = exposed(self._watch, self._desk(request))
        return web.Response(body=body, headers={**FRESH, "Content-Type": METRICS})

    def _desk(self, request: web.Request) -> str | None:
        name = request.match_info.get("desk")
        if name is not None and name not in self._watch.names:
            raise web.HTTPNotFound
        return name
