"""A round with every kind of answer, and one person each."""

from tests.makers import AtWork

LIST = """
number | name        | Distribution site
R-001  | Anna Orlova | School
R-002  | Boris Lebed | School
R-003  | Dora Klein  | School
R-004  | Fay Petrova | Town hall
R-005  | Gleb Serov  | Town hall
"""
PAID = """
number | name        | day        | amount | currency | received
R-001  | Anna Orlova | 2022-11-05 | 5000   | RUB      | yes
R-002  | Boris Lebed | 2022-11-05 | 3000   | RUB      | yes
R-003  | Dora Klein  |            |        | RUB      | no
R-099  | Ivan Zorin  | 2022-11-05 | 5000   | RUB      | yes
"""


def round_with_differences(society: AtWork) -> int:
    """A round in which one was paid, one less, one not, one is open, one was not on the list."""
    round_id = society.plan_round(sites=["School", "Town hall"])
    society.list_kept(LIST)
    society.list_approved(round_id)
    sheet_id = society.submitted(PAID, round_code="2022-11")
    society.except_row(sheet_id, 5, "recoverable")
    society.approve(sheet_id)
    society.checked(
        "number | day | amount | currency | received\nR-004 | 2022-11-06 | 7000 | RUB | yes",
        round_code="2022-11",
    )
    return round_id
