"""What everybody could do in ten lines, measured beside us. They need the dependency group `bench`."""

from collections.abc import Callable
from typing import Any

import numpy as np

from faq.entries.entry import Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.language.stems import stem
from faq.language.text import fold, words
from faq.matching.match import Candidate, Match, NoMatch

Scores = Callable[[str], Any]
"""A score for every phrasing, as an array."""
RANKED = 5


class Baseline:
    """Scores for phrasings; an entry is as good as its best one. No zones: it only ranks."""

    def __init__(self, knowledge: Knowledge, scores: Callable[[list[str]], Scores]) -> None:
        spoken = [(entry, text) for entry in knowledge.entries for text in ways_to_ask(entry)]
        self._entries = [entry for entry, _ in spoken]
        self._scores = scores([text for _, text in spoken])

    def match(self, text: str, language: str) -> Match:
        """Confidence is the bare score, which is all these have."""
        scores = self._scores(text)
        best: dict[Entry, float] = {}
        for place in _highest(scores, 40):
            if scores[place] > 0:
                best.setdefault(self._entries[place], float(scores[place]))
        return NoMatch(tuple(Candidate(entry, score) for entry, score in list(best.items())[:RANKED]))


def _highest(scores: Any, number: int) -> list[int]:
    number = min(number, len(scores))
    likely = np.argpartition(-scores, number - 1)[:number]
    return [int(place) for place in likely[np.argsort(-scores[likely], kind="stable")]]


def rapidfuzz(knowledge: Knowledge) -> Baseline:
    """token_set_ratio over folded texts."""
    from rapidfuzz import fuzz, process

    def scores(texts: list[str]) -> Scores:
        folded = [" ".join(words(fold(text))) for text in texts]

        def ask(text: str) -> Any:
            question = [" ".join(words(fold(text)))]
            return process.cdist(question, folded, scorer=fuzz.token_set_ratio, workers=1)[0] / 100

        return ask

    return Baseline(knowledge, scores)


def tf_idf(knowledge: Knowledge) -> Baseline:
    """scikit-learn's TfidfVectorizer over character n-grams of two to four within words, cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    def scores(texts: list[str]) -> Scores:
        vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, preprocessor=fold
        )
        known = vectorizer.fit_transform(texts)

        def ask(text: str) -> Any:
            return (known @ vectorizer.transform([text]).T).toarray().ravel()

        return ask

    return Baseline(knowledge, scores)


def bm25(knowledge: Knowledge) -> Baseline:
    """bm25s over stems."""
    import bm25s

    def stems(text: str) -> list[str]:
        return [stem(word) for word in words(fold(text))]

    def scores(texts: list[str]) -> Scores:
        retriever = bm25s.BM25()
        retriever.index([stems(text) for text in texts], show_progress=False)
        known = retriever.vocab_dict

        def ask(text: str) -> Any:
            asked = [word for word in stems(text) if word in known]
            return retriever.get_scores(asked) if asked else np.zeros(len(texts))

        return ask

    return Baseline(knowledge, scores)
