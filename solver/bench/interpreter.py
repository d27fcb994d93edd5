"""The NLI as one of the compared methods: end-to-end training and gradient search."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

from solver.baselines.learner import FullCanvas
from solver.baselines.reader import PairReader
from solver.baselines.slots import AnnealPlan, SlotLearner
from solver.config import ModelConfig, SearchConfig
from solver.inductor import Inductor
from solver.model import NLI, harden, one_hot


class Interpreter(SlotLearner):
    """A Neural Language Interpreter trained end to end, as in the paper: no word is named, no state shown."""

    network = NLI

    def __init__(
        self,
        config: ModelConfig,
        canvas: tuple[int, int] | None,
        anneal: AnnealPlan,
        search_config: SearchConfig,
        *,
        reuse: float = 1e-3,
    ) -> None:
        super().__init__()
        self.anneal, self.search_config = anneal, search_config
        self.reuse = reuse
        self.model = self.network(config)
        self.model.inductor = PairReader(config)
        if canvas:
            self.model.inductor.positions = FullCanvas(config, canvas)
            self.model.executor.positions = FullCanvas(config, canvas)

    @property
    def inductor(self) -> Inductor:
        """The model's own."""
        return self.model.inductor

    def execute(
        self, inputs: Tensor, program: Tensor, canvas: tuple[int, int], temperature: float, noise: float
    ) -> Tensor:
        """The state after the program's last word."""
        return self.model.run(inputs, program, canvas, temperature, noise)[-1]

    def run_hard(self, inputs: Tensor, words: Tensor, canvas: tuple[int, int]) -> Tensor:
        """Word after word, every state made a grid before the next; skip copies."""
        cells = inputs
        for slot in range(words.shape[1]):
            word = F.one_hot(words[:, slot], self.inductor.config.codebook).float()
            cells = harden(self.model.executor.step(one_hot(cells), word, canvas), canvas)
        return cells
