"""The law of JKK and JKM for workers outside an employment relation: dated tables, one rule per provision."""

from jamsos_sim.compiled import rule
from jamsos_sim.units import rounded_share

# Every amount is rounded by the one rule of `units`; compiled loops must be able to call it.
rule(rounded_share)
