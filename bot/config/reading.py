"""From a file and the environment to settings, or to everything that is wrong with them."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.across import problems_across
from bot.config.environment import overlay
from bot.config.problems import ConfigProblems, Problem
from bot.config.settings import Settings
from bot.config.wording import problem_of

TOML_PLACE = re.compile(r"at line (\d+)")


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the file, let the environment override it, check all of it; ConfigProblems if it is not right."""
    raw = {"storage": {}} | _read(path)
    problems = [*overlay(raw, environ), *problems_across(raw)]
    try:
        settings = Settings.model_validate(raw, context={"home": path.absolute().parent})
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        problems = [*(problem_of(each) for each in wrong), *problems]
        raise ConfigProblems(problems) from None
    if problems:
        raise ConfigProblems(problems)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        problem = Problem(str(path), "config.file_missing")
    except OSError as error:
        problem = Problem(str(path), "config.file_unreadable", {"reason": error.strerror})
    except UnicodeDecodeError:
        problem = Problem(str(path), "config.file_not_utf8")
    except tomllib.TOMLDecodeError as error:
        place = TOML_PLACE.search(str(error))
        text = "config.file_not_toml" if place else "config.file_cut_off"
        problem = Problem(str(path), text, {"line": place[1]} if place else {})
    raise ConfigProblems([problem])
