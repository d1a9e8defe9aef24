"""Vocabulary: the words of `word_list` in every language but English, by groups of languages; data only."""

from pressroom.language.vocabulary.asian import ASIAN
from pressroom.language.vocabulary.eastern import EASTERN
from pressroom.language.vocabulary.germanic import GERMANIC
from pressroom.language.vocabulary.right_to_left import RIGHT_TO_LEFT
from pressroom.language.vocabulary.romance import ROMANCE
from pressroom.language.vocabulary.slavic import SLAVIC

VOCABULARY = {**GERMANIC, **ROMANCE, **SLAVIC, **EASTERN, **RIGHT_TO_LEFT, **ASIAN}
"""The words of each language, by its primary subtag; those of Chinese in traditional letters by `zh-Hant`."""
VOCABULARY["no"] = VOCABULARY["nb"]
