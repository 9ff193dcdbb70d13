import pytest

from jamsos_sim.assumptions import load_assumptions
from jamsos_sim.population.region import Region
from jamsos_sim.population.region_file import load_region
from jamsos_sim.population.synthesis import city_size, synthesise
from jamsos_sim.population.workers import Workers
from jamsos_sim.units import month_of

PERIOD = (month_of("2023-01"), month_of("2031-01"))


@pytest.fixture(scope="session")
def period() -> tuple[int, int]:
    return PERIOD


@pytest.fixture(scope="session")
def region() -> Region:
    return load_region("tangsel")


@pytest.fixture(scope="session")
def central() -> dict[str, float]:
    return {key: each.central for key, each in load_assumptions("tangsel").items()}


@pytest.fixture(scope="session")
def everyone(region: Region, central: dict[str, float]) -> Workers:
    """People and newcomers of a whole city, 2023 to 2030."""
    return synthesise(region, central, 7, None, PERIOD)


@pytest.fixture(scope="session")
def present(everyone: Workers, central: dict[str, float]) -> Workers:
    """People of the first month."""
    return Workers(*(column[: city_size(central)] for column in everyone))
