"""Templates for a society: with its programme's currency, and the people of a round's list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from cva.beneficiaries.service import name_of, number_of
from cva.core import audit
from cva.core.errors import InputError
from cva.core.i18n import gettext as _
from cva.core.i18n import language as readers_language
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of
from cva.programmes import service as programmes
from cva.programmes.models import Programme, Round
from cva.rounds.list_from_sheets import is_kept
from cva.sheets.vocabulary.layouts import kind_names, layout_of
from cva.sheets.writing.template_texts import languages
from cva.sheets.writing.template_workbook import KNOWN, MOST_ROWS, Template, write_template
from cva.societies import service as societies
from cva.staging.models import StagedRow
from cva.staging.rows import values_of

#: Prepared rows: so many where nobody is known, and so many below those who are.
BLANK_ROWS = 100
MORE_ROWS = 10
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class WantedTemplate:
    """What is asked for.

    Attributes:
        programme_id: Without one, for any programme in the society's own currency.
        round_code: With one whose list is kept here, its people are filled in.
        language: The reader's where none is named.
        blank_rows: How many rows to prepare; a sensible number where none is named.
    """

    kind: str
    society_id: int
    programme_id: int | None = None
    round_code: str = ""
    language: str = ""
    blank_rows: int | None = None


@dataclass(frozen=True, slots=True)
class ReadyTemplate:
    """A template that can be written, which takes seconds where it holds many people."""

    template: Template

    @property
    def people(self) -> int:
        """How many are filled in."""
        return len(self.template.people)

    @property
    def filename(self) -> str:
        """A name for the workbook."""
        one = self.template
        return filename_of(one.kind, one.society, one.programme, one.round, one.language)

    def written(self) -> bytes:
        """The workbook."""
        return write_template(self.template)


def wanted_by_codes(
    session: Session,
    society: str,
    programme: str | None,
    **wanted: Any,  # noqa: ANN401 - the other attributes of what is wanted
) -> WantedTemplate:
    """What is asked for where society and programme are named by their codes.

    Raises:
        NotFoundError: There is no such society or programme.
    """
    society_id = societies.find_society(session, society).id
    found = programmes.find_programme(session, society_id, programme) if programme else None
    return WantedTemplate(society_id=society_id, programme_id=found.id if found else None, **wanted)


def take_template(session: Session, wanted: WantedTemplate) -> ReadyTemplate:
    """Take out all that a template needs; who took one with people in it is recorded.

    Raises:
        NotFoundError: Society or programme is not one of the actor's.
        ForbiddenError: The actor's role does not send sheets.
        InputError: There is no such kind or language, or a round is named without a programme.
    """
    actor_of(session).require(Permission.SEND_SHEETS, wanted.society_id)
    language = _language(wanted)
    society = societies.get_society(session, wanted.society_id)
    programme = _programme(session, wanted)
    code = wanted.round_code.strip()
    # One that sheets were sent for already; none is made here.
    named = programmes.find_round(session, programme, code) if programme and code else None
    currency = programme.currency if programme else society.currency
    people = _people(session, wanted.kind, named, currency)
    template = Template(
        kind=wanted.kind,
        language=language,
        society=society.code,
        society_name=society.name,
        country=society.country,
        currency=currency,
        programme=programme.code if programme else "",
        programme_name=programme.name if programme else "",
        round=code,
        people=people,
        blank_rows=_blank_rows(wanted, people),
    )
    if people and named:
        audit.record_about(
            session, audit.Act.TEMPLATE_MADE, named, kind=wanted.kind, people=len(people)
        )
    return ReadyTemplate(template)


def _language(wanted: WantedTemplate) -> str:
    if wanted.kind not in kind_names():
        message = _('"{kind}" is no kind of sheet. Choose one of: {kinds}.').format(
            kind=wanted.kind, kinds=", ".join(kind_names())
        )
        raise InputError(message, {"kind": [message]}, code="template_kind_unknown")
    return language_of(wanted.language)


def language_of(asked: str) -> str:
    """The language of a workbook: as asked, else the reader's, else English.

    Raises:
        InputError: There are no templates in it.
    """
    known = languages()
    if not asked:
        return readers_language() if readers_language() in known else known[0]
    if asked not in known:
        message = _("There are no templates in {language}. Choose one of: {languages}.").format(
            language=repr(asked), languages=", ".join(known)
        )
        raise InputError(message, {"language": [message]}, code="template_language_unknown")
    return asked


def _programme(session: Session, wanted: WantedTemplate) -> Programme | None:
    if wanted.programme_id is None:
        if wanted.round_code.strip():
            message = _("Name the programme of the round too.")
            raise InputError(message, {"programme": [message]}, code="programme_unnamed")
        return None
    found = programmes.get_programme(session, wanted.programme_id)
    if found.society_id != wanted.society_id:
        raise InputError(
            _("The society has no programme {code}.").format(code=found.code),
            code="programme_unknown",
        )
    return found


def _blank_rows(wanted: WantedTemplate, people: Sequence[object]) -> int:
    if wanted.blank_rows is None:
        return MORE_ROWS if people else BLANK_ROWS
    if not 0 <= wanted.blank_rows <= MOST_ROWS:
        message = _("A template has at most {count} blank rows.").format(count=MOST_ROWS)
        raise InputError(message, {"rows": [message]}, code="blank_rows_too_many")
    return wanted.blank_rows


def _people(
    session: Session, kind: str, named: Round | None, currency: str
) -> list[dict[str, str | int]]:
    """The rows of the lists that are kept for a round, in their order, nobody twice."""
    if named is None or "registration_no" not in layout_of(kind).template:
        return []
    rows = session.exec(
        select(StagedRow)
        .where(*is_kept(named.id))
        .order_by(col(StagedRow.sheet_id), col(StagedRow.number))
    )
    by_voucher = "voucher_number" in layout_of(kind).template
    people: dict[tuple[str | None, str | None], dict[str, str | int]] = {}
    for row in rows:
        key = (row.registration_key, row.voucher_key if by_voucher else None)
        people.setdefault(key, _known(row, currency))
    return list(people.values())


def _known(row: StagedRow, currency: str) -> dict[str, str | int]:
    """What is filled in of one person; an amount only in the template's currency."""
    values = values_of(row.record)
    known = {name: values[name] for name in KNOWN if values.get(name) is not None}
    if row.amount_minor is not None and row.currency == currency:
        known["amount_minor"] = row.amount_minor
    return known | {"registration_no": number_of(values) or "", "full_name": name_of(values)}


def filename_of(*parts: str) -> str:
    """A name for a workbook, of parts of which some may be blank."""
    words = [word for part in parts if (word := _ODD.sub("-", part).strip("-."))]
    return f"{'-'.join(words)}.xlsx"
