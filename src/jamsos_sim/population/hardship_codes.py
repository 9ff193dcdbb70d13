"""The hardships of people as one small number each, for the loops of the model.

Blindness is a part of disability: some of the people with a disability are blind or nearly so, by an
assumption, since nobody has published how many.
"""

from collections.abc import Mapping

import numpy as np

from jamsos_sim import chance
from jamsos_sim.population.workers import Int8, Keys, Workers
from jamsos_sim.units import threshold_of

STUNTING, TUBERCULOSIS, DISABILITY, REMOTE_HOME, BLINDNESS = 1, 2, 4, 8, 16
"""Parts of a code of hardships, which add up."""


def hardship_codes(workers: Workers, keys: Keys, draws: Mapping[str, float]) -> Int8:
    """Code of each person's hardships in the world of these draws; 0 for most people."""
    disabled = np.flatnonzero(workers.has_disability)
    drawn = chance.draws(keys[disabled], 0, chance.DECISION_BLINDNESS)
    codes: Int8 = np.zeros(keys.size, dtype=np.int8)
    codes += workers.has_stunted_child * np.int8(STUNTING)
    codes += workers.has_tuberculosis * np.int8(TUBERCULOSIS)
    codes += workers.is_in_remote_home * np.int8(REMOTE_HOME)
    codes[disabled] += DISABILITY
    codes[disabled[drawn < threshold_of(draws["training.blind_share"])]] += BLINDNESS
    return codes
