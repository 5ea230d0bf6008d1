"""Field list out, sheet in: what was filled in is read, what was changed is found and told."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cva.beneficiaries.models import Collector
from cva.core.audit import Act, AuditEvent
from cva.core.errors import ForbiddenError, InputError, RuleError
from cva.intake import sheet_submission
from cva.intake.sheet_submission import Submission
from cva.intake.views import show
from cva.programmes.models import Modality, Restriction, ValueRule
from cva.programmes.transfer_values import TransferValue
from cva.rounds import list_from_sheets
from cva.rounds.field_lists import ReadyList, take_field_list, take_field_lists
from cva.sheets.recognition.opened_workbook import SHEET_NAME
from cva.sheets.writing.field_list_workbook import FIRST_ROW
from cva.sheets.writing.template_texts import languages
from cva.transfers.models import Transfer
from tests.field_lists_filled import Filled
from tests.makers import AtWork

LIST = """
number | name        | household | Distribution site
R-001  | Anna Orlova | 3         | School
R-002  | Boris Lebed | 1         | School
R-003  | Dora Klein  |           | Town hall
"""


@pytest.fixture
def listed(society: AtWork) -> int:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    return round_id


def taken(society: AtWork, round_id: int, *, by: str = "field", **said: str) -> ReadyList:
    return society.do(
        lambda session: take_field_list(session, round_id, **said), society.people[by]
    )


def test_who_has_no_answer_stays_open_and_nothing_is_found(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001").put("R-002", got="no")
    sheet_id = society.checked(filled.content())
    assert society.sheet(sheet_id).round_id == listed
    assert [*society.findings(sheet_id), *society.findings(sheet_id, "warning")] == []
    assert list(society.rows(sheet_id).values()) == ["ready", "not_received", "no_answer"]
    society.submit(sheet_id)
    assert society.approve(sheet_id).posted_rows == 1


def test_who_received_and_has_no_amount_got_what_was_planned(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001", 4000)
    filled.put("R-002", got="yes", day="2022-11-05").put("R-003", got="yes", day="2022-11-06")
    sheet_id = society.checked(filled.content())
    assert society.findings(sheet_id) == []
    assert [code for _row, code in society.findings(sheet_id, "info")] == ["planned-amount-taken"]
    society.submit(sheet_id)
    society.approve(sheet_id)
    paid = sorted((each.paid_on.day, each.amount_minor) for each in society.all_of(Transfer))
    assert paid == [(5, 400000), (5, 500000), (6, 500000)]


def test_all_amounts_may_be_blank(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written())
    for number in ("R-001", "R-002"):
        filled.put(number, got="yes", day="2022-11-05")
    filled.page.cell(filled.row("R-003") + 1, filled.columns["Amount received (RUB)"]).value = 0
    sheet_id = society.checked(filled.content())
    assert society.findings(sheet_id, "warning") == []
    assert list(society.rows(sheet_id).values())[:3] == ["ready", "ready", "no_answer"]
    (total,) = society.see(lambda s: show(s, sheet_id)).totals
    assert total.money.minor == 1000000


def test_all_sites_leave_in_one_archive_under_their_own_names(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(
        """
        number | name        | household | Distribution site
        R-001  | Anna Orlova | 3         | Школа 5
        R-002  | Boris Lebed | 1         | School/A
        R-003  | Dora Klein  | 2         | School A
        R-004  | Fay Petrova | 2         |
        """
    )
    society.list_approved(round_id)
    taken_all = society.do(lambda s: take_field_lists(s, round_id), society.people["field"])
    assert (taken_all.people, taken_all.filename) == (4, "field-list-ARC-CASH-2022-11-en.zip")
    with ZipFile(BytesIO(taken_all.written())) as archive:
        base = "field-list-ARC-CASH-2022-11-en"
        assert archive.namelist() == [
            f"{base}.xlsx",
            f"{base}-School-A.xlsx",
            f"{base}-School-A-2.xlsx",
            f"{base}-Школа-5.xlsx",
        ]
        filled = Filled(archive.read(f"{base}-Школа-5.xlsx")).paid("R-001")
    sheet_id = society.checked(filled.content())
    assert (society.sheet(sheet_id).round_id, society.findings(sheet_id)) == (round_id, [])
    (event,) = [each for each in society.all_of(AuditEvent) if each.act == Act.FIELD_LIST_MADE]
    assert event.detail == {"people": 4}


def test_a_sum_that_would_mislead_stands_in_no_total(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written())
    total = filled.row("R-003") + 1
    assert filled.page.cell(total, filled.columns["Household size"]).value is None
    blank = filled.page.cell(total, filled.columns["Amount received (RUB)"])
    assert blank.number_format.endswith(";")  # nothing for zero: written by hand on paper
    of_school = Filled(taken(society, listed, site="School").written())
    size = of_school.page.cell(of_school.row("R-002") + 1, of_school.columns["Household size"])
    assert str(size.value).startswith("=SUM(")


@pytest.mark.parametrize("gone", ["R-001", "R-003"])
def test_its_own_total_is_no_fault_once_a_row_is_gone(
    society: AtWork, listed: int, gone: str
) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-002")
    filled.page.delete_rows(filled.row(gone))
    sheet_id = society.checked(filled.content())
    codes = [code for _row, code in society.findings(sheet_id, "warning")]
    assert codes == ["list-row-missing"]


@pytest.mark.parametrize("language", languages())
def test_it_is_read_back_in_every_language(sqlite_society: AtWork, language: str) -> None:
    society = sqlite_society
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.list_approved(round_id)
    content = taken(society, round_id, language=language).written()
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    rules = [one for one in page.data_validations.dataValidation if one.type == "list"]
    words, marks = (str(one.formula1).strip('"').split(",") for one in rules)
    for at in (FIRST_ROW, FIRST_ROW + 1, FIRST_ROW + 2):
        page.cell(at, 7).value = words[0]
        page.cell(at, 8).value = "2022-11-05"
        page.cell(at, 9).value = 5000
        page.cell(at, 15).value = marks[at - FIRST_ROW]
        page.cell(at, 16).value = "Fay Petrova"
    changed = BytesIO()
    book.save(changed)
    sheet_id = society.checked(changed.getvalue())
    assert list(society.rows(sheet_id).values()) == ["ready"] * 3
    assert [*society.findings(sheet_id), *society.findings(sheet_id, "warning")] == []
    society.submit(sheet_id)
    society.approve(sheet_id)
    told = sorted(
        each.collection["mark_kind"] for each in society.all_of_key(Collector, "record_id")
    )
    assert told == ["signature", "stamp", "thumbprint"]


def test_who_collected_is_told_beside_the_printed_page(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written())
    filled.paid("R-001").put("R-001", by="Ivan Orlov", relation="son", authority="No. 12/2026")
    filled.paid("R-002").put("R-002", mark="thumbprint", witness="Dora Klein")
    filled.put("R-003", witness="Fay Petrova")
    columns = filled.columns
    last = get_column_letter(columns["Remarks"])
    assert filled.page.print_area.startswith(f"'{filled.page.title}'!$A$1:${last}$")
    assert columns["Remarks"] < min(columns[name] for name in ("Relation to recipient", "Witness"))
    assert "Not printed" in str(filled.page.cell(FIRST_ROW - 2, columns["Remarks"] + 1).value)

    sheet_id = society.checked(filled.content())
    assert (8, "receipt-unclear") in society.findings(sheet_id)  # a word is an answer begun
    assert society.findings(sheet_id, "warning") == []
    filled.put("R-003", witness=None)
    society.approved(filled.content())
    told = [each.collection for each in society.all_of_key(Collector, "record_id")]
    assert sorted(told, key=len) == [
        {"mark_kind": "thumbprint", "witness": "Dora Klein"},
        {"received_by": "Ivan Orlov", "relation": "son", "authority": "No. 12/2026"},
    ]


def test_a_list_handed_out_before_it_had_these_columns_comes_back_whole(
    society: AtWork, listed: int
) -> None:
    filled = Filled(taken(society, listed).written())
    filled.page.delete_cols(filled.columns["Relation to recipient"], 4)
    filled.paid("R-001").put("R-001", by="Orlova Anna").put("R-002", got="no", remarks="Away")
    sheet_id = society.checked(filled.content())
    assert [*society.findings(sheet_id), *society.findings(sheet_id, "warning")] == []
    assert list(society.rows(sheet_id).values()) == ["ready", "not_received", "no_answer"]


def test_nothing_personal_beyond_the_name_stands_in_it(society: AtWork, listed: int) -> None:
    book = load_workbook(BytesIO(taken(society, listed).written()))
    heads = [str(cell.value) for cell in book.worksheets[0][FIRST_ROW - 1]]
    assert not any(word in " ".join(heads).lower() for word in ("phone", "document", "id "))
    assert book[SHEET_NAME].sheet_state == "veryHidden"
    (event,) = [each for each in society.all_of(AuditEvent) if each.act == Act.FIELD_LIST_MADE]
    assert event.detail == {"people": 3}


def test_one_site_at_a_time(society: AtWork, listed: int) -> None:
    assert taken(society, listed, site="School").people == 2
    with pytest.raises(RuleError):
        taken(society, listed, site="Nowhere")


def test_who_received_is_not_on_the_next_one(society: AtWork, listed: int) -> None:
    content = Filled(taken(society, listed).written()).paid("R-001").content()
    society.approved(content)
    assert taken(society, listed).people == 2


def test_a_list_sent_again_is_never_the_next_instalment(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    written = taken(society, round_id).written()
    society.approved(Filled(written).paid("R-001").content())
    again = Filled(written).put("R-001", got="yes", day="2022-11-06", amount=5000).paid("R-002")
    sheet_id = society.checked(again.content())
    assert society.findings(sheet_id) == [(FIRST_ROW, "already-paid")]
    society.submit(sheet_id)
    society.approve(sheet_id)
    assert {each.instalment for each in society.all_of(Transfer)} == {1}

    second = Filled(taken(society, round_id).written()).paid("R-001").paid("R-003")
    society.approved(second.content())
    numbered = [(each.beneficiary_id, each.instalment) for each in society.all_of(Transfer)]
    assert len(numbered) == len(set(numbered)) == 4
    assert sorted(instalment for _person, instalment in numbered) == [1, 1, 1, 2]


def test_cash_by_a_list_is_not_paid_for_what_a_provider_pays(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    written = taken(society, round_id).written()
    society.payments_sent(society.add_provider(), round_id)
    by_list = society.checked(Filled(written).paid("R-001").content())
    plain = society.checked(
        "number | name | day | amount\nR-002 | Boris Lebed | 2022-11-05 | 5000",
        round_code="2022-11",
    )
    for sheet_id in (by_list, plain):
        assert [code for _row, code in society.findings(sheet_id)] == ["payment-under-way"]
    second = society.checked(Filled(taken(society, round_id).written()).paid("R-003").content())
    assert society.findings(second) == []


def test_only_of_an_approved_list_and_by_who_sends_sheets(society: AtWork) -> None:
    round_id = society.plan_round()
    society.list_kept(LIST)
    society.do(lambda s: list_from_sheets.draft_from_sheets(s, round_id), society.people["field"])
    with pytest.raises(RuleError, match="not approved"):
        taken(society, round_id)
    society.list_approved(round_id)
    for name in ("manager", "auditor", "partner", "admin"):
        with pytest.raises(ForbiddenError):
            taken(society, round_id, by=name)
    with pytest.raises(InputError):
        taken(society, round_id, language="xx")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: one.put("R-001", number="R-009"), "locked-cell-changed"),
        (lambda one: one.put("R-001", name="Somebody Else"), "locked-cell-changed"),
        (lambda one: one.put("R-001", planned=9000), "locked-cell-changed"),
        (lambda one: one.put("R-001", household=9), "locked-cell-changed"),
        (lambda one: one.page.delete_rows(one.row("R-003")), "list-row-missing"),
        (lambda one: one.paid("R-002", 4000), "less-than-planned"),
        (lambda one: one.paid("R-002", 6000.5), "more-than-planned"),
    ],
)
def test_what_was_changed_is_told(
    society: AtWork, listed: int, change: Callable[[Filled], object], code: str
) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-002").paid("R-001")
    change(filled)
    sheet_id = society.checked(filled.content())
    assert code in {found for _row, found in society.findings(sheet_id, "warning")}


def test_a_locked_cell_tells_what_stood_there(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001").put("R-001", planned=9000)
    told = society.told(society.checked(filled.content()), "locked-cell-changed")
    assert (told["cell"], told["value"], told["details"]) == ("F6", "9000", {"before": "5000.00"})


def test_sorted_rows_are_not_changed_rows(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001").paid("R-003")
    page, width = filled.page, len(filled.columns)
    first, last = FIRST_ROW, FIRST_ROW + 2
    for at in range(2, width + 1):
        one, other = page.cell(first, at), page.cell(last, at)
        one.value, other.value = other.value, one.value
    sheet_id = society.checked(filled.content())
    assert society.findings(sheet_id, "warning") == []
    assert sorted(society.rows(sheet_id).values()) == ["no_answer", "ready", "ready"]


def test_a_row_added_is_told_and_not_on_the_list(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001")
    page = filled.page
    page.insert_rows(FIRST_ROW + 3)
    for at, value in ((2, "R-777"), (3, "Fay New"), (7, "yes"), (8, "2022-11-05"), (9, 5000)):
        page.cell(FIRST_ROW + 3, at).value = value
    sheet_id = society.checked(filled.content())
    assert society.findings(sheet_id) == [(9, "not-on-list")]
    assert (9, "list-row-added") in society.findings(sheet_id, "warning")


def test_a_row_written_over_with_another_person_is_one_gone_and_one_added(
    society: AtWork, listed: int
) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001").paid("R-002")
    row = filled.row("R-002")
    filled.put("R-002", name="Fay New").put("R-002", number="R-777")
    sheet_id = society.checked(filled.content())
    codes = [code for _row, code in society.findings(sheet_id, "warning")]
    assert (row, "list-row-added") in society.findings(sheet_id, "warning")
    assert "locked-cell-changed" not in codes
    assert society.told(sheet_id, "list-row-missing")["details"] == {
        "count": "1",
        "numbers": "R-002",
    }


def test_a_changed_mark_is_found(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001", 9000).put("R-001", planned=9000)
    for row in filled.book[SHEET_NAME].iter_rows():
        if "R-001" in str(row[1].value):
            row[1].value = str(row[1].value).replace("500000", "900000")
    sheet_id = society.checked(filled.content())
    codes = {found for _row, found in society.findings(sheet_id, "warning")}
    assert codes == {"field-list-altered", "more-than-planned"}


def test_an_old_list_tells_what_was_decided_since(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001").paid("R-002").paid("R-003")
    changes = "R-001 = 6000\nR-002 = off"
    society.agreed("amend_list", second="manager", round=listed, name="New", changes=changes)
    sheet_id = society.checked(filled.content())
    assert society.findings(sheet_id) == [(7, "not-on-list")]
    assert set(society.findings(sheet_id, "warning")) == {
        (None, "list-outdated"),
        (6, "plan-changed"),
        (6, "less-than-planned"),
        (7, "plan-changed"),
    }


def test_changes_are_confirmed_in_so_many_words(society: AtWork, listed: int) -> None:
    filled = Filled(taken(society, listed).written()).paid("R-001").put("R-002", name="Other")
    sheet_id = society.checked(filled.content())

    def submit(**said: bool) -> str:
        return society.do(
            lambda session: sheet_submission.submit(
                session, sheet_id, Submission(handed_out=True, **said)
            ),
            society.people["field"],
        )

    with pytest.raises(RuleError, match="differs from the field list"):
        submit(leave_out_errors=True)
    assert submit(changes_confirmed=True) == "submitted"


def test_before_approval_nothing_is_handed_out(society: AtWork) -> None:
    society.plan_round()
    society.list_kept(LIST)
    table = "number | day | amount | currency\nR-001 | 2022-11-05 | 5000 | RUB"
    sheet_id = society.checked(table, round_code="2022-11")
    assert (society.state(sheet_id), society.findings(sheet_id)) == (
        "refused",
        [(None, "list-not-approved")],
    )


@pytest.mark.parametrize("modality", [Modality.VALUE_VOUCHER, Modality.COMMODITY_VOUCHER])
def test_vouchers_come_back_with_their_numbers(society: AtWork, modality: Modality) -> None:
    in_pieces = modality == Modality.COMMODITY_VOUCHER
    value = TransferValue(ValueRule.AS_LISTED if in_pieces else ValueRule.FIXED, 500000)
    round_id = society.plan_round(
        modality=modality,
        restriction=Restriction.RESTRICTED,
        value=value if not in_pieces else TransferValue(ValueRule.AS_LISTED),
        voucher_kind="clothes",
    )
    society.list_kept(LIST)
    society.list_approved(round_id)
    filled = Filled(taken(society, round_id).written())
    filled.put("R-001", got="yes", day="2022-11-05", voucher="V-1")
    if not in_pieces:
        filled.put("R-001", amount=5000)
    sheet_id = society.checked(filled.content())
    assert [*society.findings(sheet_id), *society.findings(sheet_id, "warning")] == []
    assert list(society.rows(sheet_id).values()) == ["ready", "no_answer", "no_answer"]


@pytest.mark.parametrize("language", languages())
def test_each_row_says_which_instalment_it_is_where_there_are_several(
    sqlite_society: AtWork, language: str
) -> None:
    society = sqlite_society
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    society.approved(
        Filled(taken(society, round_id).written()).paid("R-001").content(), filename="first.xlsx"
    )
    content = taken(society, round_id, language=language).written()
    page = load_workbook(BytesIO(content)).worksheets[0]
    assert [page.cell(FIRST_ROW + at, 6).value for at in (0, 1)] == [2, 1]
    assert page.cell(FIRST_ROW, 6).protection.locked
    sheet_id = society.checked(content)
    assert [*society.findings(sheet_id), *society.findings(sheet_id, "warning")] == []
    assert society.sheet(sheet_id).asks == []


def test_a_changed_instalment_is_told(society: AtWork) -> None:
    round_id = society.plan_round(instalments=2)
    society.list_kept(LIST)
    society.list_approved(round_id)
    filled = Filled(taken(society, round_id).written()).paid("R-001")
    filled.page.cell(filled.row("R-001"), filled.columns["Instalment no."]).value = 2
    told = society.told(society.checked(filled.content()), "locked-cell-changed")
    assert (told["value"], told["details"]) == ("2", {"before": "1"})


def test_days_keep_their_order_in_a_language_from_the_right(society: AtWork) -> None:
    round_id = society.plan_round(ends_on=date(2022, 11, 7))
    society.list_kept(LIST)
    society.list_approved(round_id)
    listed = taken(society, round_id, language="fa").listed
    assert any("\u20682022-11-05\u2069 – \u20682022-11-07\u2069" in fact for fact in listed.facts)
