"""The region of a command, a plan or a scenario that names none."""

DEFAULT_REGION = "tangsel"
