"""From a file and the environment to settings, or to everything that is wrong with them."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.config.across import problems_across
from bot.config.environment import overlay
from bot.config.problems import ConfigProblem, ConfigProblems
from bot.config.settings import Settings
from bot.config.wording import problem_of

S = TypeVar("S", bound=Settings)

TOML_PLACE = re.compile(r"at line (\d+)")


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the file, let the environment override it, check all of it; ConfigProblems if it is not right."""
    return load_as(Settings, path, environ)


def load_as(model: type[S], path: Path, environ: Mapping[str, str]) -> S:
    """The same for a model with more keys than Settings has."""
    raw = {"storage": {}} | _read(path)
    told = overlay(model, raw, environ)
    problems = [*told, *problems_across(model, raw)]
    try:
        settings = model.model_validate(raw, context={"home": path.absolute().parent})
    except ValidationError as error:
        wrong = [problem_of(model, each) for each in error.errors(include_url=False)]
        keys = {problem.key for problem in told}
        raise ConfigProblems([*(each for each in wrong if each.key not in keys), *problems]) from None
    if problems:
        raise ConfigProblems(problems)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        problem = ConfigProblem(str(path), "config.file_missing")
    except OSError as error:
        problem = ConfigProblem(str(path), "config.file_unreadable", {"reason": error.strerror})
    except UnicodeDecodeError:
        problem = ConfigProblem(str(path), "config.file_not_utf8")
    except tomllib.TOMLDecodeError as error:
        place = TOML_PLACE.search(str(error))
        text = "config.file_not_toml" if place else "config.file_cut_off"
        problem = ConfigProblem(str(path), text, {"line": place[1]} if place else {})
    raise ConfigProblems([problem])
