"""The steps of a month: for each its scalar rules, and how the columns take it."""
