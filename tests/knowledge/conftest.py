"""A matcher of the starter knowledge base, made once."""

import pytest

from faq.fuzzy import FuzzyMatcher
from tests.knowledge import shelf


@pytest.fixture(scope="session")
def matcher() -> FuzzyMatcher:
    return FuzzyMatcher(shelf.starter())
