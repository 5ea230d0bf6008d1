"""What is personal stands nowhere in plain text: in no table, log or file beside."""

from pathlib import Path

from sqlalchemy import create_engine, text

from tests.makers import AtWork, sheet

#: Invented, and found nowhere else.
CANARIES = {
    "name": "Xanthippe Zzyzxova",
    "phone": "+996700123987",
    "document": "ZX7654321",
    "day of birth": "1979-02-28",
    "address": "17 Quokka Lane",
    "household": "HHQ-99871",
    "remark": "Quixotic remark",
    "reason": "Because of the wombat",
    "file": "zzyzxova-november.xlsx",
}
HEADINGS = "number | name | Phone | Document number | Date of birth | Address | Household ID"
ROW = "R-001 | {name} | {phone} | {document} | {day of birth} | {address} | {household}"


def forms_of(canary: str) -> set[bytes]:
    """A text as it may stand in a file or a database."""
    wide = canary.encode("utf-16-le")
    return {canary.encode(), canary.encode().hex().encode(), wide, canary.upper().encode()}


def all_that_is_stored(society: AtWork) -> bytes:
    """Every value of every table, and every file of the ledger but its key."""
    engine = create_engine(society.engine.url)
    parts: list[bytes] = []
    with engine.connect() as connection:
        listed = (
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if engine.dialect.name == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        for table in connection.execute(text(listed)).scalars().all():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608
                parts += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    engine.dispose()
    home = Path(society.ledger.settings.home)
    files = [each for each in home.rglob("*") if each.is_file() and each.suffix != ".key"]
    return b"\n".join([*parts, *(each.read_bytes() for each in files)])


def test_names_numbers_and_words_of_people_are_stored_nowhere_in_plain(society: AtWork) -> None:
    content = sheet(
        f"{HEADINGS} | day | amount | currency | Remarks\n"
        f"{ROW.format(**CANARIES)} | 2022-11-05 | 5000 | RUB | {CANARIES['remark']}\n"
        "R-002 | Boris Lebed | | | | | | 2022-11-05 | many | RUB |"
    )
    given = society.checked(content, filename=CANARIES["file"])
    if asks := society.sheet(given).asks:
        society.answer(given, **{ask["choice"]: "nothing" for ask in asks})
    society.amend(given, I3="700")
    society.submit(given)
    society.reject(given, reason=CANARIES["reason"])
    society.approved(sheet(f"{HEADINGS}\n{ROW.format(**CANARIES)}"))
    stored = all_that_is_stored(society)
    found = [
        name for name, canary in CANARIES.items() for form in forms_of(canary) if form in stored
    ]
    assert found == []
    assert b"R-001" in stored  # the walk sees what is plain
