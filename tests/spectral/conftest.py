"""So that `tests.spectral.rulesets` is found whether or not the checkout is installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
