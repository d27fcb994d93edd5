"""Shapes, gradients and invariants of the interpreter, without training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from torch.nn import functional as F

from puzzles.grid import same_grid
from solver.nli import model as networks
from solver.nli.config import OUTSIDE, VALUES, ModelConfig
from solver.nli.model import NLI, harden, one_hot, to_canvas, to_grids
from tests.puzzles.strategies import grids
from tests.solver.conftest import TINY

CANVAS = (5, 7)


@pytest.fixture(scope="module")
def model() -> NLI:
    torch.manual_seed(0)
    return NLI(TINY)


def random_state(count: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(count, CANVAS[0] * CANVAS[1], VALUES, generator=generator).softmax(-1)


def word(row: int, count: int) -> torch.Tensor:
    return F.one_hot(torch.full((count,), row), TINY.codebook).float()


def test_shapes(model: NLI) -> None:
    state = random_state(3)
    embedding = model.inductor(state, state, CANVAS)
    assert embedding.shape == (3, TINY.slots, TINY.width)
    program = model.program(embedding, temperature=0.7, noise=1.0)
    assert program.shape == (3, TINY.slots, TINY.codebook)
    states = model.run(state, program, CANVAS, temperature=0.7, noise=1.0)
    assert [tuple(s.shape) for s in states] == [(3, 35, VALUES)] * TINY.slots
    torch.testing.assert_close(states[-1].sum(-1), torch.ones(3, 35))


def test_skip_copies_the_state_exactly(model: NLI) -> None:
    state = random_state(2)
    torch.testing.assert_close(model.executor.step(state, word(TINY.skip, 2), CANVAS), state)


def test_any_other_word_rewrites_the_state(model: NLI) -> None:
    state = random_state(2)
    assert not torch.allclose(model.executor.step(state, word(0, 2), CANVAS), state)


def test_skip_starts_unlikely(model: NLI) -> None:
    program = model.program(model.inductor(random_state(8), random_state(8), CANVAS))
    assert program[..., TINY.skip].mean() < 1 / TINY.codebook


def test_the_more_noise_the_less_a_program_is_what_the_embedding_says(model: NLI) -> None:
    embedding = model.inductor(random_state(64), random_state(64), CANVAS)
    plain = model.program(embedding)
    torch.manual_seed(0)
    moved = [(model.program(embedding, noise=noise) - plain).abs().sum(-1).mean() for noise in (0.01, 1, 30)]
    assert moved[0] < 0.02 < moved[1] < moved[2]


def test_where_a_slot_reads_nothing_it_stays_what_it_was() -> None:
    torch.manual_seed(0)
    inductor = NLI(TINY).inductor
    with torch.no_grad():
        inductor.key_value.weight.zero_()
        inductor.key_value.bias.zero_()
    state = random_state(2)
    own = inductor.norm_slots(inductor.slots + inductor.refine(inductor.slots))
    torch.testing.assert_close(inductor(state, state, CANVAS), own.expand(2, -1, -1))


def test_likelihood_reaches_every_part(model: NLI) -> None:
    model.zero_grad()
    state = random_state(2)
    program = model.program(model.inductor(state, state, CANVAS))
    final = model.run(state, program, CANVAS)[-1]
    target = torch.zeros(2, 35, dtype=torch.long)
    (-model.log_likelihood(final, target).mean()).backward()
    silent = [name for name, p in model.named_parameters() if p.grad is None or not p.grad.abs().sum()]
    assert silent == []


def test_a_hopeless_copy_keeps_a_gradient(model: NLI) -> None:
    state = one_hot(torch.zeros(1, 35, dtype=torch.long)).requires_grad_(True)
    likelihood = model.log_likelihood(state, torch.ones(1, 35, dtype=torch.long))
    assert likelihood.isfinite().all()
    likelihood.sum().backward()
    assert state.grad is not None
    assert state.grad.isfinite().all()


def test_pairs_are_read_independently(model: NLI) -> None:
    state = random_state(4)
    together = model.inductor(state, state, CANVAS)
    alone = torch.cat([model.inductor(state[i : i + 1], state[i : i + 1], CANVAS) for i in range(4)])
    torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-4)


def test_positions_depend_on_the_grid_not_on_the_canvas(model: NLI) -> None:
    grid = np.arange(6).reshape(2, 3)
    small = model.executor.positions(one_hot(to_canvas([grid], (2, 3))), (2, 3)).view(2, 3, -1)
    large = model.executor.positions(one_hot(to_canvas([grid], (6, 5))), (6, 5)).view(6, 5, -1)
    torch.testing.assert_close(small, large[:2, :3])


@given(grid=grids(max_side=7))
def test_canvas_round_trip(grid: np.ndarray) -> None:
    cells = to_canvas([grid], (9, 8))
    assert (cells == OUTSIDE).sum() == 72 - grid.size
    hardened = harden(one_hot(cells), (9, 8))
    assert same_grid(to_grids(hardened, (9, 8))[0], grid)


def test_hardening_always_gives_a_grid() -> None:
    noise = torch.randn(50, 35, VALUES, generator=torch.Generator().manual_seed(2)).softmax(-1)
    for grid in to_grids(harden(noise, CANVAS), CANVAS):
        assert 1 <= grid.shape[0] <= CANVAS[0]
        assert 1 <= grid.shape[1] <= CANVAS[1]
        assert grid.max() < OUTSIDE


def test_one_uncertain_cell_does_not_tear_a_hole() -> None:
    state = one_hot(to_canvas([np.ones((3, 3))], (4, 4)))
    state[0, 5] = 0
    state[0, 5, OUTSIDE], state[0, 5, 7] = 0.6, 0.4
    expected = np.ones((3, 3), np.uint8)
    expected[1, 1] = 7
    assert same_grid(to_grids(harden(state, (4, 4)), (4, 4))[0], expected)


def test_default_configuration_fits_the_file_limit() -> None:
    parameters = sum(p.numel() for p in NLI(ModelConfig()).parameters())
    assert parameters * 4 < 16 * 2**20


def test_attending_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = torch.Generator().manual_seed(2)
    query, key, value = torch.randn(3, 5, 2, 9, 4, generator=generator).bfloat16()
    whole = networks._attend_all(query, key, value)
    attended = []
    monkeypatch.setattr(networks, "SCORES_AT_ONCE", 2 * 2 * 9 * 9)
    monkeypatch.setattr(
        networks,
        "_attend_all",
        lambda *parts, do=networks._attend_all: attended.append(len(parts[0])) or do(*parts),
    )
    with torch.no_grad():
        assert torch.equal(networks.attend(query, key, value), whole)
    assert attended == [2, 2, 1]


def test_fused_and_written_out_attention_and_their_gradients_agree() -> None:
    generator = torch.Generator().manual_seed(3)
    parts = torch.randn(3, 5, 2, 9, 4, generator=generator).requires_grad_()
    mixed = [attend(*parts) for attend in (networks.attend, networks._attend_all)]
    torch.testing.assert_close(*mixed)
    torch.testing.assert_close(*(torch.autograd.grad((one**2).sum(), parts)[0] for one in mixed))


def test_a_convolution_begins_as_nothing_and_then_sees_the_neighbours_alone() -> None:
    plain, local = NLI(TINY), NLI(replace(TINY, convolution=3))
    missing = local.load_state_dict(plain.state_dict(), strict=False)
    assert not missing.unexpected_keys
    assert all(".neighbours." in key and key.startswith("executor.") for key in missing.missing_keys)
    state = random_state(2)
    assert torch.equal(plain.executor(state, word(0, 2), CANVAS), local.executor(state, word(0, 2), CANVAS))
    part = local.executor.blocks[0].neighbours
    torch.nn.init.normal_(part.mix.weight)
    cells = torch.zeros(1, CANVAS[0] * CANVAS[1], TINY.width)
    cells[0, 2 * CANVAS[1] + 3] = 1
    reached = part(cells, torch.zeros(1, TINY.code_width), CANVAS)[0].abs().sum(-1).view(CANVAS)
    assert set(zip(*(axis.tolist() for axis in reached.nonzero(as_tuple=True)), strict=True)) == {
        (row, column) for row in (1, 2, 3) for column in (2, 3, 4)
    }
    with pytest.raises(ValueError, match="odd"):
        NLI(replace(TINY, convolution=2))


def test_rotary_scores_depend_on_the_distance_of_cells_alone() -> None:
    config = replace(TINY, rotary_heads=1)
    turn = networks.rotation(config, CANVAS, torch.device("cpu"))
    assert turn is not None
    block = networks.Block(config, networks.Positions.width(config))
    torch.manual_seed(0)
    parts = torch.randn(2, 1, config.heads, 1, config.width // config.heads)
    cells = CANVAS[0] * CANVAS[1]
    query, key = (block._turned(part.expand(-1, -1, cells, -1), turn) for part in parts)
    scores = (query @ key.transpose(-2, -1))[0].view(config.heads, *CANVAS, *CANVAS)
    # One down and two to the right of itself: the same from everywhere; another way round: another score.
    torch.testing.assert_close(scores[0, 0, 0, 1, 2], scores[0, 3, 4, 4, 6])
    assert not torch.isclose(scores[0, 0, 0, 1, 2], scores[0, 1, 2, 0, 0])
    assert not torch.isclose(scores[0, 0, 0, 1, 2], scores[0, 0, 0, 2, 1])
    torch.testing.assert_close(scores[1], scores[1, :1, :1, :1, :1].expand_as(scores[1]))


def test_rotary_heads_have_no_weights_and_must_be_divisible() -> None:
    plain, rotary = (NLI(replace(TINY, rotary_heads=count)) for count in (0, 2))
    rotary.load_state_dict(plain.state_dict())
    state = random_state(2)
    assert not torch.allclose(
        plain.executor(state, word(0, 2), CANVAS), rotary.executor(state, word(0, 2), CANVAS)
    )
    assert not torch.allclose(plain.inductor(state, state, CANVAS), rotary.inductor(state, state, CANVAS))
    with pytest.raises(ValueError, match="expected a multiple of 4"):
        NLI(replace(TINY, width=36, rotary_heads=1))
