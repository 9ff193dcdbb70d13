"""Where a thing of a YAML file stands: addresses in what the file says, and their lines."""

from collections.abc import Mapping

Address = tuple[str | int, ...]


def line_of(lines: Mapping[Address, int], address: Address) -> int:
    """Line of an address, or of the nearest thing around it that has one."""
    for length in range(len(address), 0, -1):
        if address[:length] in lines:
            return lines[address[:length]]
    return 1
