"""What a worksheet says beside its values."""

from dataclasses import dataclass, field

CellRange = tuple[int, int, int, int]


@dataclass(slots=True)
class StyledRun:
    """Cells of one column, one below the other, in one special style; rows counted from 1."""

    style: str
    column: int
    first: int
    last: int


@dataclass(slots=True)
class Beside:
    """Facts of one worksheet; rows counted from 1, columns from 0.

    Attributes:
        hidden_rows: Rows that Excel does not show, by hand or by a filter.
        hidden_columns: Columns that Excel does not show.
        merged: Ranges as top, left, bottom, right.
        faults: By cell ``("e", "#REF!")`` or ``("f", "=A1+1")`` for a formula without value.
        styled: Cells in a special style that hold something.
        partly_struck: By cell what is left of a text of which something is struck out or unseen.
        notes: By cell the text of a note on it.
        colours: Rows with the colours of their cells, each colour once in a row.
        raised: By cell the text as it is seen where parts of it are raised or lowered.
        rounded: By cell the decimals that its format shows, where its number has more.
        widths: Where rows of a page or a text begin to have another number of cells, and it.
        holding_rows: Cells of a text that hold what looks like rows of it.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[CellRange] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    styled: list[StyledRun] = field(default_factory=list)
    partly_struck: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    colours: dict[tuple[int, str], None] = field(default_factory=dict)
    raised: dict[tuple[int, int], str] = field(default_factory=dict)
    rounded: dict[tuple[int, int], int] = field(default_factory=dict)
    widths: list[tuple[int, int]] = field(default_factory=list)
    holding_rows: list[tuple[int, int]] = field(default_factory=list)
