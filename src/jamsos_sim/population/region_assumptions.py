"""Whether the assumptions of a region's folder are those that the model reads."""

from collections.abc import Iterator, Mapping

from jamsos_sim.assumptions_file import Assumption, Place
from jamsos_sim.errors import InputError
from jamsos_sim.population.default_region import DEFAULT_REGION
from jamsos_sim.population.table_assumptions import DECILE_INCOME_TILT, LOW_DECILE_SHARE, is_of_a_trade
from jamsos_sim.yaml_file import closest


def stands_in_a_table(key: str) -> bool:
    """Whether an assumption stands in a table of the region and not in a file of assumptions."""
    return is_of_a_trade(key) or key in {LOW_DECILE_SHARE, DECILE_INCOME_TILT}


def written_in_files(assumptions: Mapping[str, Assumption]) -> dict[str, Assumption]:
    """The assumptions that stand in files of assumptions: every region has the same keys there."""
    return {key: own for key, own in assumptions.items() if not stands_in_a_table(key)}


def faults_of_assumptions(
    folder: str, own: Mapping[str, Place], base: Mapping[str, Assumption], usual: Mapping[str, Assumption]
) -> Iterator[InputError]:
    """Keys that nothing reads, that are missing, or that have another unit than the model reads.

    Parameters
    ----------
    own:
        The assumptions in the folder's files.
    base:
        Those of the region from which it takes what it has not.
    usual:
        Those of the default region: the keys and units that the model reads.
    """
    wanted = written_in_files(usual)
    for key, place in own.items():
        if stands_in_a_table(key):
            yield place.fault("region.stands_in_a_table")
        elif key not in wanted:
            near = closest(key, wanted)
            named = "region.unknown_assumption" if near is None else "region.unknown_assumption_near"
            yield place.fault(named, near=near)
        elif place.assumption.unit != wanted[key].unit:
            yield place.fault("region.other_unit", given=place.assumption.unit, unit=wanted[key].unit)
    missing = [key for key in wanted if key not in own and key not in base]
    if missing:
        keys = ", ".join(missing)
        yield InputError("region.missing_assumptions", folder=folder, keys=keys, base=DEFAULT_REGION)
