"""Tiny settings: sequences' suites on networks that train in seconds."""

from __future__ import annotations

import pytest
import torch

from solver.lab.baselines.trial import AnnealPlan
from solver.lab.bench.methods import Setting
from solver.lab.bench.tasks import CANVAS

ANNEAL = AnnealPlan((1.0, 0.5), (1.0, 0.5), noise=(0.6, 0.9), tried_until=0.6, anchored=0.5)


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


@pytest.fixture
def setting():
    return Setting(slots=2, canvas=CANVAS, codebook=8, anneal=ANNEAL)
