"""The pictures that stand for photographs (docs/scenes): the same from the same seed, in every shape, with words."""

from __future__ import annotations

import numpy as np
import pytest
from scenes.collection import PICTURES, SCENES, drawn

QUICK = ("dusk", "shore", "night", "storm", "forest", "snow", "window")
"""Scenes that take little time at a small size."""


def test_the_collection_has_twenty_four_pictures_in_all_shapes_each_with_its_words() -> None:
    """Names, alternative texts and captions are told apart; there are tall, square, wide and panoramic pictures."""
    for words in zip(*((picture.name, picture.alt, picture.caption) for picture in PICTURES), strict=True):
        assert len(set(words)) == len(PICTURES) == 24
    shapes = {round(picture.ratio, 2) for picture in PICTURES}
    assert {0.67, 0.8, 1.0, 1.33, 1.5, 1.78, 3.0} <= shapes
    assert all(picture.scene in SCENES for picture in PICTURES)


@pytest.mark.slow
@pytest.mark.parametrize("scene", QUICK)
def test_a_scene_is_the_same_from_the_same_seed_and_another_from_another(scene: str) -> None:
    """Nothing but scene, seed and size decides how a picture looks."""
    first, again, other = (np.asarray(drawn(scene, seed, 1.5, 120)) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.slow
@pytest.mark.parametrize(("ratio", "size"), [(1.5, (120, 80)), (2 / 3, (80, 120)), (3.0, (120, 40)), (1.0, (120, 120))])
def test_the_longer_side_has_the_pixels_that_were_asked_for(ratio: float, size: tuple[int, int]) -> None:
    """A tall picture is as large as a wide one."""
    assert drawn("dusk", 1, ratio, 120).size == size
