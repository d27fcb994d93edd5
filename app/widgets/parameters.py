"""The parameters of a search, one click away from Solve."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSizePolicy, QSpinBox, QWidget

from app.settings import Settings
from app.state.run import Effort
from app.state.workbench import Workbench
from app.texts_of_searches import said
from app.translate import mark, tr
from app.widgets.parts import label
from solver.words.results import DEVICES, SolveOptions

REMEMBER = "solve/remember"
"""The setting whether programs that explain a puzzle are kept and looked up."""
SEED_INSET = 6
"""Logical pixels that bring its digits below the texts of the fields above."""
LARGEST_SEED = 999_999
SHORTEST_TITLE = 12
"""Characters of what is chosen that the narrowest panel shows."""
ENGINE_TITLES = {
    "auto": mark("Learned and exact words"),
    "nli": mark("Learned words"),
    "explore": mark("Exact words"),
    "npi": mark("Learned procedures"),
    "icl": mark("In-context (comparison)"),
    "ttt": mark("Test-time training (comparison)"),
    "lpn": mark("Latent program (comparison)"),
}


class Parameters(QWidget):
    """Engine, device, seed and vocabulary; all but the seed are remembered."""

    def __init__(self, bench: Workbench, settings: Settings) -> None:
        super().__init__()
        self._bench = bench
        self._settings = settings
        self.engine = QComboBox()
        self.engine.setAccessibleName(tr("Engine"))
        self.device = QComboBox()
        self.device.setAccessibleName(tr("Device"))
        for device in DEVICES:
            self.device.addItem(_device_title(device), device)
        self.device.setCurrentIndex(max(0, self.device.findData(settings.text("solve/device", "auto"))))
        self.seed = QSpinBox()
        self.seed.setAccessibleName(tr("Seed"))
        self.seed.setToolTip(tr("Another seed starts the gradient search elsewhere"))
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.lineEdit().setTextMargins(SEED_INSET, 0, 0, 0)
        self.learned_only = QCheckBox(tr("Learned words only"))
        self.learned_only.setChecked(settings.flag("solve/learned_only", False))
        self.learned_only.setToolTip(tr("Leave out the exact words that people wrote"))
        self._lay_out()
        self._list_engines()
        self._say_device()
        bench.engines_changed.connect(self._list_engines)
        bench.device_changed.connect(self._say_device)
        self.engine.activated.connect(self._remember)
        self.device.activated.connect(self._remember)
        self.learned_only.toggled.connect(self._remember)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        for combo in (self.engine, self.device):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(SHORTEST_TITLE)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.seed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for text, field in (
            (tr("Engine"), self.engine),
            (tr("Device"), self.device),
            (tr("Seed"), self.seed),
        ):
            caption = label(text, "muted")
            caption.setMinimumHeight(field.sizeHint().height())
            form.addRow(caption, field)
        form.addRow(self.learned_only)

    def options(self, effort: Effort) -> SolveOptions:
        """Return what is chosen, with the seconds `effort` allows."""
        return SolveOptions(
            budget_s=float(effort.value),
            engine=self.engine.currentData() or "",
            device=self.device.currentData(),
            seed=self.seed.value(),
            learned_only=self.learned_only.isChecked(),
            named=self._bench.named.words,
            remember=self._settings.flag(REMEMBER, True),
        )

    def _list_engines(self) -> None:
        """Offer the solver's engines; until it has loaded, the most capable of them."""
        self.engine.clear()
        self.engine.addItem(tr("Best there is"), "")
        for engine in self._bench.engines:
            self.engine.addItem(tr(ENGINE_TITLES.get(engine, engine)), engine)
        self.engine.setCurrentIndex(max(0, self.engine.findData(self._settings.text("solve/engine", ""))))

    def _say_device(self) -> None:
        """Write what "auto" takes here beside it, and why; until the solver has loaded nobody knows."""
        title, taken = _device_title("auto"), self._bench.device
        if taken:
            title = f"{title} ({_device_title(taken)})"
            self.device.setToolTip(
                tr("Auto takes {device} here: {why}", device=taken, why=said(self._bench.why_device))
            )
        self.device.setItemText(self.device.findData("auto"), title)

    def _remember(self) -> None:
        self._settings.set("solve/engine", self.engine.currentData() or "")
        self._settings.set("solve/device", self.device.currentData())
        self._settings.set("solve/learned_only", self.learned_only.isChecked())


def _device_title(device: str) -> str:
    return device.upper() if device in ("cpu", "mps") else device.capitalize()
