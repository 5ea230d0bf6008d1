"""The same fault in many cells is mended at once, and the approver sees what it was."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from cva.core.audit import AuditEvent
from cva.core.errors import ConflictError, ForbiddenError, InputError, NotFoundError, RuleError
from cva.intake.cell_corrections import amended_together, amendments
from cva.intake.group_cures import groups_in, mend_group
from cva.sheets.checking.finding_groups import FindingGroup
from cva.sheets.vocabulary.questions import MOST_LISTED
from cva.staging.models import Amendment
from tests.makers import AtWork, tabbed, workbook

HEADS = ["Registration number", "Full name", "Distribution date", "Amount (RUB)", "Received"]


def made(*rows: Sequence[object], heads: Sequence[object] = HEADS) -> bytes:
    """A sheet of people R-1, R-2 ...; a row is given from its day on."""
    people = [[f"R-{at}", f"Person No{at}", *row] for at, row in enumerate(rows, 1)]
    return workbook([list(heads[: len(people[0])]), *people])


def groups(society: AtWork, sheet_id: int) -> list[FindingGroup]:
    """What was found of a sheet, together."""

    def found(session: Session) -> list[FindingGroup]:
        return groups_in(session, society.sheet(sheet_id))

    return society.see(found)


def group_of(society: AtWork, sheet_id: int, code: str) -> FindingGroup:
    """The one group of a code."""
    (found,) = [one for one in groups(society, sheet_id) if one.first.code == code]
    return found


def mend(
    society: AtWork, sheet_id: int, key: str, how: str, text: str = "", *, by: str = "field"
) -> None:
    """Mend a group and have the sheet checked."""

    def act(session: Session) -> int:
        return mend_group(session, sheet_id, group=key, cure=how, text=text)

    society.check(society.do(act, society.people[by]))


def cure(society: AtWork, sheet_id: int, code: str, how: str, *, by: str = "field") -> None:
    """Mend the one group of a code; a text stands after a colon."""
    cure, _colon, text = how.partition(":")
    mend(society, sheet_id, group_of(society, sheet_id, code).key, cure, text, by=by)


DAY = date(2022, 11, 5)


def test_blanks_under_a_filled_cell_are_filled_down(society: AtWork) -> None:
    sheet_id = society.checked(
        made([DAY, 100], ["", 100], ["", 100], ["2022-11-06", 100], ["", 100])
    )
    found = group_of(society, sheet_id, "required")
    assert (found.count, found.cells) == (3, "C3:C4, C6")
    assert found.cures == ["fill_down", "text"]
    cure(society, sheet_id, "required", "fill_down")
    assert set(society.rows(sheet_id).values()) == {"ready"}
    texts = {each.cell: each.after for each in society.all_of(Amendment)}
    assert texts == {"C3": "2022-11-05", "C4": "2022-11-05", "C6": "2022-11-06"}


def test_a_blank_with_nothing_above_it_stays_blank(society: AtWork) -> None:
    sheet_id = society.checked(made(["", 100], ["", 100], [DAY, 100]))
    with pytest.raises(InputError):
        cure(society, sheet_id, "required", "fill_down")
    cure(society, sheet_id, "required", "text:2022-11-05")
    assert set(society.rows(sheet_id).values()) == {"ready"}


def test_numbers_are_not_filled_down_nor_written_into_many_rows(society: AtWork) -> None:
    rows = [["R-1", DAY, 100], ["", DAY, 100], ["", DAY, 100]]
    sheet_id = society.checked(workbook([["Registration number", *HEADS[2:4]], *rows]))
    assert group_of(society, sheet_id, "required").cures == []


def test_numbers_of_days_are_read_as_days(society: AtWork) -> None:
    first = 44870
    sheet_id = society.checked(made([DAY, 100], *([f"{first + each}", 100] for each in range(4))))
    society.answer(sheet_id, **{"serial:C": "no"})
    assert group_of(society, sheet_id, "date-unreadable").cures == ["as_days", "text"]
    cure(society, sheet_id, "date-unreadable", "as_days")
    texts = [each.after for each in society.all_of(Amendment)]
    assert texts == [(date(2022, 11, 5) + timedelta(each)).isoformat() for each in range(4)]
    assert set(society.rows(sheet_id).values()) == {"ready"}


def test_a_unit_is_stripped_and_a_currency_stays(society: AtWork) -> None:
    amounts = ["45 pcs", "50 pcs", "pcs 60", "RUB 70 per head", "80 %", "5 thousand pcs"]
    sheet_id = society.checked(made(*([DAY, amount] for amount in amounts)))
    found = {one.words: one for one in groups(society, sheet_id) if one.first.field == "amount"}
    assert found["pcs"].cells == "D2:D4"
    assert [one.cures for one in found.values() if one.words == ""] == [["text"]]
    mend(society, sheet_id, found["pcs"].key, "bare_number")
    assert [each.after for each in society.all_of(Amendment)] == ["45", "50", "60"]
    mend(society, sheet_id, found["per head"].key, "bare_number")
    assert society.all_of(Amendment)[-1].after == "70 RUB"
    assert list(society.rows(sheet_id).values()) == ["ready"] * 4 + ["error"] * 2


@pytest.mark.parametrize(("answer", "state"), [("yes", "ready"), ("no", "not_received")])
def test_cells_of_the_receipt_are_taken_as_yes_or_no(
    society: AtWork, answer: str, state: str
) -> None:
    sheet_id = society.checked(
        made(*([DAY, 100, said] for said in ("yes", "yes", "no", "", "", "yes")))
    )
    found = group_of(society, sheet_id, "receipt-unclear")
    assert (found.cells, found.cures) == ("E5:E6", ["yes", "no", "text"])
    cure(society, sheet_id, "receipt-unclear", answer)
    assert [society.rows(sheet_id)[row] for row in (5, 6)] == [state, state]


def test_words_beside_the_receipt_are_answered_in_its_column(society: AtWork) -> None:
    remarks = [f"moved to town {at}" for at in range(MOST_LISTED + 5)]
    rows = [[DAY, 100, "", remark] for remark in remarks]
    sheet_id = society.checked(made(*rows, [DAY, 100, "yes", ""], heads=[*HEADS, "Remarks"]))
    asks = society.sheet(sheet_id).asks
    answers = {ask["choice"]: "each" if "each" in ask["options"] else "nothing" for ask in asks}
    society.answer(sheet_id, **answers)
    found, last = group_of(society, sheet_id, "receipt-doubtful"), len(rows) + 1
    assert (found.cells, found.cures) == (f"F6:F{last}", ["yes", "no", "text"])
    cure(society, sheet_id, "receipt-doubtful", "no")
    cells = {f"E{at}" for at in range(6, last + 1)}
    assert {each.cell for each in society.all_of(Amendment)} == cells
    assert {society.rows(sheet_id)[row] for row in range(6, last + 1)} == {"not_received"}


def test_rows_of_several_tabs_are_filled_down_in_their_own(society: AtWork) -> None:
    days: dict[str, list[object]] = {"North": [DAY, "", ""], "South": ["", "2022-11-06", ""]}
    tabs: dict[str, list[list[object]]] = {
        name: [
            list(HEADS[:4]),
            *([f"{name}-{at}", f"P {at}", day, 100] for at, day in enumerate(here)),
        ]
        for name, here in days.items()
    }
    sheet_id = society.checked(tabbed(tabs), settled={"sheet": "*"})
    assert group_of(society, sheet_id, "required").cells == "North C3:C4; South C2, C4"
    cure(society, sheet_id, "required", "fill_down")
    assert [each.after for each in society.all_of(Amendment)] == [
        "2022-11-05", "2022-11-05", "2022-11-06",
    ]  # fmt: skip
    assert group_of(society, sheet_id, "required").messages == [
        'Sheet "South", cell C2 (Distribution date): This cell is blank. Fill it in.'
    ]


def test_what_was_seen_before_a_change_is_not_mended(society: AtWork) -> None:
    sheet_id = society.checked(made([DAY, 100], ["", 100], ["", 100]))
    key = group_of(society, sheet_id, "required").key
    version = society.sheet(sheet_id).version

    def mend(**said: object) -> None:
        asked = {"group": key, "cure": "fill_down", "version": version} | said
        field = society.people["field"]
        society.do(lambda session: mend_group(session, sheet_id, **asked), field)  # type: ignore[arg-type]

    with pytest.raises(ConflictError):
        mend(version=version + 1)
    with pytest.raises(NotFoundError):
        mend(group="00000000")
    with pytest.raises(InputError):
        mend(cure="as_days")
    with pytest.raises(InputError):
        mend(cure="text", text="  ")
    society.submit(sheet_id)
    with pytest.raises(RuleError):
        mend()


def test_who_mended_does_not_approve_and_the_approver_sees_it(society: AtWork) -> None:
    sheet_id = society.checked(made([DAY, 100], *([["", 100]] * 100)))
    cure(society, sheet_id, "required", "fill_down", by="finance")
    society.submit(sheet_id)
    with pytest.raises(ForbiddenError):
        society.approve(sheet_id)

    def shown(session: Session) -> list[tuple[str, str, str]]:
        found = amended_together(society.sheet(sheet_id), amendments(session, sheet_id))
        return [(one.cells, one.before, one.after) for one in found]

    assert society.see(shown) == [("C3:C102", "", "2022-11-05")]
    assert society.approve(sheet_id, by="finance2").posted_rows == 101


def test_many_cells_are_one_act_in_the_trail(society: AtWork) -> None:
    sheet_id = society.checked(made([DAY, 100], *([["", 100]] * 100)))
    cure(society, sheet_id, "required", "fill_down")
    acts = [each for each in society.all_of(AuditEvent) if each.act == "cell:amended"]
    assert [each.detail for each in acts] == [{"rows": 100}]
