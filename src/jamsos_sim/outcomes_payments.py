"""The payments of a run: payer, receiver, budget line and rupiah, by scenario, world and month or year."""

import pandas as pd

from jamsos_sim.model.payments import PAYMENTS, Payment

PARTIES = list(Payment._fields)


def payments_table(values: pd.DataFrame) -> pd.DataFrame:
    """Every payment of a table of quantities, monthly or yearly, as whole rupiah.

    Parameters
    ----------
    values:
        One row for each scenario, world, month or year, and ``quantity``, with its ``value``.

    Returns
    -------
    DataFrame
        The columns of the table, with ``payer``, ``receiver`` and ``line`` after the quantity. Summed by any
        of the three, each rupiah counts once.
    """
    moved = values[values["quantity"].isin(list(PAYMENTS))].reset_index(drop=True)
    said = pd.DataFrame([PAYMENTS[name] for name in moved["quantity"]], columns=PARTIES, index=moved.index)
    kept = [column for column in moved.columns if column != "value"]
    return pd.concat([moved[kept], said, moved[["value"]]], axis=1)
