"""How large a file may be before it is refused."""

from dataclasses import dataclass

MIB = 1024 * 1024
#: What a process that works on a file ends with where it ran out of memory.
OUT_OF_MEMORY = 12
#: The last row that a sheet of Excel has; cells in which nothing stands may go so far.
LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Limits:
    """Each refusal names the limit and what the file had.

    Attributes:
        max_file_bytes: The file as it was sent.
        max_unpacked_bytes: All parts of a workbook together, unpacked.
        max_rows: The lowest row that may hold anything.
        max_columns: The right-most column that may hold anything.
        parse_seconds: Processor and wall-clock time for guard and parser together.
        mark_memory_bytes: Address space of the child process that marks a file, which was read.
        parse_memory_bytes: Address space of the child process that opens the file.
    """

    max_file_bytes: int = 20 * MIB
    max_unpacked_bytes: int = 200 * MIB
    max_rows: int = 100_000
    max_columns: int = 600
    parse_seconds: int = 60
    mark_memory_bytes: int = 1024 * MIB
    parse_memory_bytes: int = 512 * MIB
