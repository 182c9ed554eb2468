"""What goes wrong on Telegram's side, on demand: by method, chat, topic, count or chance."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.accounts import Json
from sandbox.errors import ApiError, Refusal, wait

BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(frozen=True)
class Fault:
    """One way of going wrong. `applied`: the call takes effect although its answer is lost."""

    name: str
    error: ApiError | None = None
    html: bytes | None = None
    truncated: bool = False
    reset: bool = False
    hang: float = 0.0
    applied: bool = False

    @classmethod
    def too_many_requests(cls, retry_after: int | None = 3) -> "Fault":
        """With None, a 429 that forgets to say how long."""
        error = ApiError(Refusal.FLOOD) if retry_after is None else wait(retry_after)
        return cls("too_many_requests", error)

    @classmethod
    def internal_error(cls) -> "Fault":
        return cls("internal_error", ApiError(Refusal.INTERNAL))

    @classmethod
    def restart(cls) -> "Fault":
        return cls("restart", ApiError(Refusal.RESTART))

    @classmethod
    def bad_gateway(cls, *, applied: bool = False) -> "Fault":
        return cls("bad_gateway", html=BAD_GATEWAY, applied=applied)

    @classmethod
    def truncated_json(cls, *, applied: bool = True) -> "Fault":
        return cls("truncated_json", truncated=True, applied=applied)

    @classmethod
    def reset_before(cls) -> "Fault":
        return cls("reset_before", reset=True)

    @classmethod
    def reset_after(cls) -> "Fault":
        return cls("reset_after", reset=True, applied=True)

    @classmethod
    def hangs(cls, seconds: float) -> "Fault":
        """Takes effect at once, answers late."""
        return cls("hangs", hang=seconds, applied=True)

    @classmethod
    def blocked(cls) -> "Fault":
        return cls("blocked", ApiError(Refusal.BLOCKED))

    @classmethod
    def deactivated(cls) -> "Fault":
        return cls("deactivated", ApiError(Refusal.DEACTIVATED))

    @classmethod
    def topic_deleted(
        cls, spelling: Literal["thread not found", "TOPIC_DELETED"] = "thread not found"
    ) -> "Fault":
        code = Refusal.TOPIC_DELETED if spelling == "TOPIC_DELETED" else Refusal.THREAD_NOT_FOUND
        return cls("topic_deleted", ApiError(code))

    @classmethod
    def topic_closed(cls) -> "Fault":
        return cls("topic_closed", ApiError(Refusal.TOPIC_CLOSED))

    @classmethod
    def migrated(cls, to: int) -> "Fault":
        return cls("migrated", ApiError(Refusal.MIGRATED, {"migrate_to_chat_id": to}))

    @classmethod
    def rights_lost(cls) -> "Fault":
        return cls("rights_lost", ApiError(Refusal.NO_RIGHT_TO_SEND, what="text messages"))

    @classmethod
    def refusal(cls, name: str) -> "Fault":
        """Any other refusal by its name in `Refusal`, as "WRITE_FORBIDDEN"."""
        return cls(name.lower(), ApiError(Refusal[name]))

    @classmethod
    def saying(cls, description: str) -> "Fault":
        """A refusal in words of its own, as of a limit that Telegram adds one day."""
        error = ApiError(Refusal.SANDBOX, reason=description)
        error.description = description
        return cls("saying", error)

    @classmethod
    def unauthorized(cls) -> "Fault":
        return cls("unauthorized", ApiError(Refusal.UNAUTHORIZED))


@dataclass(eq=False)
class Rule:
    """Where and how often a fault strikes; `having` looks at the parameters; `struck` counts."""

    fault: Fault
    method: str | None = None
    chat: int | None = None
    thread: int | None = None
    times: int | None = None
    probability: float = 1.0
    after: int = 0
    having: Callable[[Json], bool] = lambda params: True
    struck: int = 0

    def fits(self, method: str, params: Json) -> bool:
        return (
            (self.times is None or self.struck < self.times)
            and (self.method is None or self.method.lower() == method.lower())
            and (self.chat is None or str(params.get("chat_id")) == str(self.chat))
            and (self.thread is None or str(params.get("message_thread_id")) == str(self.thread))
            and self.having(params)
        )


class Faults:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.rules: list[Rule] = []

    def add(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat: int | None = None,
        thread: int | None = None,
        times: int | None = None,
        probability: float = 1.0,
        after: int = 0,
        having: Callable[[Json], bool] = lambda params: True,
    ) -> Rule:
        """From now on, after letting `after` fitting calls through. Without `times`, until removed."""
        rule = Rule(fault, method, chat, thread, times, probability, after, having)
        self.rules.append(rule)
        return rule

    def remove(self, rule: Rule) -> None:
        self.rules.remove(rule)

    def clear(self) -> None:
        self.rules.clear()

    def strike(self, method: str, params: Json) -> Fault | None:
        for rule in self.rules:
            if not rule.fits(method, params):
                continue
            if rule.after > 0:
                rule.after -= 1
            elif rule.probability >= 1.0 or self._rng.random() < rule.probability:
                rule.struck += 1
                return rule.fault
        return None
