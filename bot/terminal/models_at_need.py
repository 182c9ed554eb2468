"""aiogram's models, each made ready when it is first used and not all when aiogram is imported.

There are six hundred, of which a desk uses a few dozen: making them ready took two thirds of a start and
half of the memory.
"""

import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

_ready = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]


def import_aiogram() -> None:
    """Call it before anything imports aiogram; after that it does nothing."""
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}

    def later(cls: Any, /, *, _types_namespace: Mapping[str, Any] | None = None, **how: Any) -> None:
        names.update(_types_namespace or {})

    def ready(cls: Any, /, *, _types_namespace: Mapping[str, Any] | None = None, **how: Any) -> bool | None:
        """What pydantic asks at the first use; aiogram's models know each other only by these names."""
        made: bool | None = _ready(cls, _types_namespace=_types_namespace or names, **how)
        return made

    BaseModel.model_rebuild = classmethod(later)  # type: ignore[assignment,method-assign]
    BaseModel.model_config = ConfigDict(defer_build=True)  # what is defined meanwhile keeps it
    try:
        from aiogram.methods.base import Response, TelegramMethod
        from aiogram.types import TelegramObject
    finally:
        BaseModel.model_rebuild = classmethod(_ready)  # type: ignore[assignment,method-assign]
        BaseModel.model_config = ConfigDict()
    for family in (TelegramObject, TelegramMethod, Response):
        family.model_rebuild = classmethod(ready)  # type: ignore[assignment,method-assign]
