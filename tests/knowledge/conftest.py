"""A matcher of the starter knowledge base, made once."""

import pytest

from faq.matching.match import Matcher
from faq.matching.matcher import build
from tests.knowledge import shelf


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return build(shelf.starter())
