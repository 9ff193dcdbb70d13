"""The full month of the model in tuned NumPy: columns and index lists, without compiled loops.

It stands beside the kernel and the model to read so that what the compiler brings can be measured
(`benchmarks/full_month.py`): the same steps in the same order, the same addressed draws, the same ledger
number for number. Luck is hashed in blocks that fit the processor's cache, only people whose draw can matter
are looked at, and what is not about people one by one (budgets, policies, orders of queues) is asked of the
model's own Python. `scope.py` says which levers it knows.
"""
