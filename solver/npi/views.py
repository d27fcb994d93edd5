"""Pictures of voxel objects: a stand-in for the cars of the paper, whose renders are not public.

An object is a random vehicle of voxels: body, cabin towards the rear, bonnet, wheels, now and then a load, a
lamp bar or a spoiler. It is seen without perspective from 24 azimuths and 4 elevations, as a picture of
16×16 depths: 0 is background, 9 the nearest. No two objects have the same sizes, so that the pose has to be
recognised from what such vehicles have in common.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

AZIMUTHS = 24
ELEVATIONS = 4
SIDE = 16
CANONICAL = (1, 0)
"""Elevation and azimuth, as steps, of the pose that is to be reached."""

_LOWEST, _BETWEEN = np.radians(10.0), np.radians(15.0)
_WITHIN = np.array([(x, y, z) for x in (0.25, 0.75) for y in (0.25, 0.75) for z in (0.25, 0.75)])
"""Points of a voxel that are drawn."""
_RADIUS = 8.0
"""Voxels from the middle of the picture to its edge."""
_NEAREST = 9

Points = NDArray[np.float64]
Picture = NDArray[np.uint8]


def vehicle(rng: np.random.Generator) -> Points:
    """The drawn points (n, 3) of a random vehicle around the origin; its front looks along the first axis."""
    length, width, body = int(rng.integers(9, 14)), int(rng.integers(4, 7)), int(rng.integers(2, 4))
    cabin = int(rng.integers(1, 4))
    filled = np.zeros((length, width, 1 + body + cabin + 1), bool)
    filled[:, :, 1 : 1 + body] = True
    bonnet = int(rng.integers(length // 4, length // 2))
    filled[length - bonnet :, :, body] = rng.random() < 0.3  # a low bonnet or a flat one
    # The cabin lies towards the rear, or nobody could tell which end is the front.
    rear = int(rng.integers(0, min(3, bonnet - 1)))
    top = slice(1 + body, 1 + body + cabin)
    filled[rear : length - bonnet, :, top] = True
    if rng.random() < 0.5:  # a slanted windscreen
        filled[length - bonnet - 1, :, body + cabin] = False
    for axle in (1, length - 3):
        filled[axle : axle + 2, [0, -1], 0] = True
    if rng.random() < 0.3:
        filled[0, :, 1 + body] = True  # a spoiler
    if rng.random() < 0.3:
        place = int(rng.integers(rear, length - bonnet))
        filled[place, :, 1 + body + cabin] = True  # a bar of lamps
    places = np.argwhere(filled)
    points = (places[:, None] + _WITHIN).reshape(-1, 3)
    centred: Points = points - (points.max(0) + points.min(0)) / 2
    return centred


def picture(points: Points, elevation: int, azimuth: int) -> Picture:
    """Depths (16, 16) of the points as seen from a pose given in steps."""
    turn, tilt = 2 * np.pi * azimuth / AZIMUTHS, _LOWEST + _BETWEEN * elevation
    forward = np.array([np.cos(tilt) * np.cos(turn), np.cos(tilt) * np.sin(turn), np.sin(tilt)])
    right = np.array([-np.sin(turn), np.cos(turn), 0.0])
    up = np.cross(forward, right)
    across, high, near = points @ right, points @ up, points @ forward
    columns = np.clip(((across + _RADIUS) * SIDE / (2 * _RADIUS)).astype(int), 0, SIDE - 1)
    rows = np.clip(((_RADIUS - high) * SIDE / (2 * _RADIUS)).astype(int), 0, SIDE - 1)
    depths = np.clip(np.round(5 + near * (_NEAREST - 1) / (2 * _RADIUS)), 1, _NEAREST).astype(np.uint8)
    cells = np.zeros((SIDE, SIDE), np.uint8)
    np.maximum.at(cells, (rows, columns), depths)
    return cells


class Views:
    """One object's pictures, each drawn once."""

    def __init__(self, points: Points) -> None:
        self.points = points
        self._seen = lru_cache(maxsize=None)(lambda e, a: tuple(picture(points, e, a).ravel().tolist()))

    def __call__(self, elevation: int, azimuth: int) -> tuple[int, ...]:
        """The 256 depths of a pose."""
        depths: tuple[int, ...] = self._seen(elevation, azimuth)
        return depths
