"""Field lists: the people of an approved list who are still to be given something."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

from sqlmodel import Session

from cva.beneficiaries.service import names_of, numbers_of
from cva.beneficiaries.status import departed_by_now, departure_texts, successors_of
from cva.core import audit
from cva.core.db import in_bulk
from cva.core.errors import RuleError
from cva.core.i18n import apart, reading_in
from cva.core.i18n import gettext as _
from cva.core.money import Money
from cva.core.permissions import Permission
from cva.entitlements import service as entitlements
from cva.entitlements.delivery_comparison import STILL_DUE, compare
from cva.entitlements.list_rows import ListRow, list_rows
from cva.kinds import registry
from cva.kinds.handouts.deliveries import given_in
from cva.kinds.handouts.field_list_comparison import digest_of
from cva.programmes import planning
from cva.programmes import service as programmes
from cva.programmes.models import Modality, Programme, Round
from cva.providers.payment_events import live_instalments
from cva.rounds.templates import filename_of, language_of
from cva.sheets.vocabulary.field_list_marks import FieldListEntry
from cva.sheets.writing.field_list_workbook import FIRST_ROW, FieldList, write_field_list
from cva.sheets.writing.template_workbook import MOST_ROWS, Template
from cva.societies import service as societies

_ODD = re.compile(r"[^\w.-]+")
#: So much of a site's name stands in the name of a file.
LONGEST_SITE = 80
#: So many people who are left off are named.
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A field list that can be written, which takes seconds where it holds many people.

    Attributes:
        left_off: Who died or moved, and who receives instead; blank where nobody did.
    """

    listed: FieldList
    site: str
    left_off: str = ""

    @property
    def people(self) -> int:
        """How many stand in it."""
        return len(self.listed.entries)

    @property
    def filename(self) -> str:
        """A name for the workbook."""
        one = self.listed.template
        return filename_of(
            "field-list", one.society, one.programme, one.round, self.site, one.language
        )

    def written(self) -> bytes:
        """The workbook."""
        with in_bulk():
            return write_field_list(self.listed, digest_of(self.listed.marks))


@dataclass(frozen=True, slots=True)
class ReadyLists:
    """The field lists of all sites of a round, which leave together; see ``ReadyList``."""

    lists: Sequence[ReadyList]
    left_off: str

    @property
    def people(self) -> int:
        """How many stand in them."""
        return sum(each.people for each in self.lists)

    @property
    def filename(self) -> str:
        """A name for the archive."""
        return replace(self.lists[0], site="").filename.removesuffix(".xlsx") + ".zip"

    def written(self) -> bytes:
        """A zip archive of the workbooks, each named by its site."""
        content = BytesIO()
        named: Counter[str] = Counter()
        with ZipFile(content, "w") as archive:
            for each in self.lists:
                name = _name_of(each)
                named[name.casefold()] += 1
                nth = named[name.casefold()]  # sites whose names differ by odd signs alone
                archive.writestr(
                    f"{name}-{nth}.xlsx" if nth > 1 else f"{name}.xlsx", each.written()
                )
        return content.getvalue()


def _name_of(one: ReadyList) -> str:
    """A name within the archive, with the site in its own script and without an ending."""
    site = _ODD.sub("-", one.site)[:LONGEST_SITE].strip("-.")
    name = replace(one, site="").filename.removesuffix(".xlsx")
    return f"{name}-{site}" if site else name


def take_field_list(
    session: Session, round_id: int, *, site: str = "", language: str = ""
) -> ReadyList:
    """Take the people out of an approved list who were not given all yet; it is recorded.

    Each stands in it once, with the first instalment that is still to be given. Who died or
    moved is left off, for their entitlements stop; the list says so, and who receives instead.

    Args:
        session: The caller's transaction.
        round_id: The round.
        site: Only the people of one site; of all where none is named.
        language: Of the workbook; the reader's where none is named.

    Raises:
        RuleError: The list is not approved, nobody is left, or more than a workbook should hold.
        InputError: There are no templates in the language.
        ForbiddenError: The actor's role does not send sheets.
    """
    taking = _ListTaking(session, round_id, language)
    due = [row for row in taking.due if not site.strip() or row.site == site.strip()]
    taken = taking.of(due, site.strip())
    taking.record(taken)
    return taken


def take_field_lists(session: Session, round_id: int, *, language: str = "") -> ReadyLists:
    """Take the people out of an approved list as ``take_field_list`` does, a list for each site.

    People without a site have a list of their own.
    """
    taking = _ListTaking(session, round_id, language)
    sites = sorted({row.site or "" for row in taking.due}) or [""]
    lists = [
        taking.of([row for row in taking.due if (row.site or "") == site], site) for site in sites
    ]
    taking.record(*lists)
    return ReadyLists(lists, taking.left_off())


class _ListTaking:
    """An approved list with the people on it who are still to be given something."""

    def __init__(self, session: Session, round_id: int, language: str) -> None:
        self._session = session
        self._planned = planning.see_round(session, round_id, Permission.SEND_SHEETS)
        self._version = entitlements.get_list(session, round_id).version
        if not entitlements.is_approved(session, round_id):
            raise RuleError(
                _("The list of this round is not approved yet. Have it approved first."),
                code="list_not_approved",
            )
        self._language = language_of(language)
        self._programme = programmes.get_programme(session, self._planned.programme_id)
        self._society = societies.get_society(session, self._planned.society_id)
        rows = list_rows(session, round_id)
        self._has_instalments = any(row.planned.instalment > 1 for row in rows)
        due = _due(session, self._planned, rows)
        departed = departed_by_now(session, self._planned.society_id, self._planned.starts_on)
        self.due = [row for row in due if row.planned.person not in departed]
        self._departed = [row for row in due if row.planned.person in departed]

    def of(self, due: list[ListRow], site: str) -> ReadyList:
        """The field list of some of them; ``site`` is blank where they are of several."""
        if not due:
            raise RuleError(
                _("Everybody of this list received, or is being paid by a provider."),
                code="nobody_left",
            )
        if len(due) > MOST_ROWS:
            message = _("The list has more than {count} people. Take it site by site.")
            raise RuleError(message.format(count=MOST_ROWS), code="field_list_too_long")
        session, planned, programme = self._session, self._planned, self._programme
        currency = _currency(due, planned.currency or programme.currency)
        with reading_in(self._language):
            listed = FieldList(
                template=Template(
                    kind=registry.handout_of(planned.modality),
                    language=self._language,
                    society=self._society.code,
                    society_name=self._society.name,
                    country=self._society.country,
                    currency=currency,
                    programme=programme.code,
                    programme_name=programme.name,
                    round=planned.code,
                    blank_rows=0,
                ),
                round_id=planned.id,
                list_version=self._version,
                entries=_entries(session, due),
                facts=[*_facts(session, planned, programme, site), *self._left_off_texts(site)],
                has_instalments=self._has_instalments,
                in_pieces=due[0].planned.currency is None,
                voucher_kind=planned.voucher_kind or "",
            )
        return ReadyList(listed, site, self.left_off(site))

    def left_off(self, site: str = "") -> str:
        """Who of a site, or of all, is left off; blank where nobody is."""
        return "".join(self._left_off_texts(site))

    def _left_off_texts(self, site: str) -> list[str]:
        left_off = [row for row in self._departed if not site or row.site == site]
        people = [row.planned.person for row in left_off[:MOST_SHOWN]]
        numbers = numbers_of(self._session, people)
        successors = successors_of(self._session, self._planned.society_id, people)
        by_number = {numbers[person]: number for person, number in successors.items()}
        return [departure_texts(sorted(numbers.values()), by_number)] if numbers else []

    def record(self, *lists: ReadyList) -> None:
        """Put down that people were taken out."""
        audit.record_about(
            self._session,
            audit.Act.FIELD_LIST_MADE,
            self._planned,
            people=sum(each.people for each in lists),
        )


def _due(session: Session, planned: Round, rows: Sequence[ListRow]) -> list[ListRow]:
    """The first instalment of each person that was not given yet, or all came back.

    What a provider is paying is not to be handed out.
    """
    round_id = planned.id
    given, under_way = given_in(session, round_id), live_instalments(session, round_id)
    by_plan = {row.planned: row for row in rows}
    due: dict[int, ListRow] = {}
    for line in compare(sorted(by_plan), given):
        if line.instalment in under_way.get(line.person, ()):
            continue
        if line.answer in STILL_DUE and line.planned:
            due.setdefault(line.planned.person, by_plan[line.planned])
    return list(due.values())


def _currency(due: list[ListRow], usual: str) -> str:
    currencies = {row.planned.currency for row in due}
    if len(currencies) > 1:
        raise RuleError(
            _("The list is in several currencies. Take it site by site."),
            code="list_several_currencies",
        )
    return currencies.pop() or usual


def _entries(session: Session, due: list[ListRow]) -> list[FieldListEntry]:
    people = [row.planned.person for row in due]
    numbers, names = numbers_of(session, people), names_of(session, people)
    ordered = sorted(due, key=lambda row: (row.site or "", numbers[row.planned.person]))
    return [
        FieldListEntry(
            row=at,
            number=numbers[row.planned.person],
            instalment=row.planned.instalment,
            currency=row.planned.currency,
            amount=row.planned.amount,
            version=row.version,
            name=names.get(row.planned.person, ""),
            household_size=str(row.household_size or ""),
            site=row.site or "",
        )
        for at, row in enumerate(ordered, FIRST_ROW)
    ]


def _facts(session: Session, planned: Round, programme: Programme, site: str) -> list[str]:
    """What a distribution list says above its rows, beside society, programme and round."""
    grants = {grant.id: grant for grant in planning.list_grants(session, planned.society_id)}
    shares = programmes.shares_of(session, planned.id)
    donors = ", ".join(grants[grant].donor for grant, _share in shares) or programme.donor
    days = [apart(day.isoformat()) for day in (planned.starts_on, planned.ends_on) if day]
    value = planning.value_of(planned).amount_minor
    facts = [_("Donor: {name}").format(name=donors)] if donors else []
    facts += [_("Site: {name}").format(name=site)] if site else []
    facts += [_("Days: {days}").format(days=" – ".join(dict.fromkeys(days)))] if days else []
    facts.append(_modality(planned.modality or Modality.CASH))
    if value is not None and planned.currency:
        money = Money(planned.currency, value)
        facts.append(_("Transfer value: {amount}").format(amount=apart(str(money))))
    return facts


def _modality(modality: str) -> str:
    return {
        Modality.CASH: _("Cash transfer"),
        Modality.VALUE_VOUCHER: _("Value voucher"),
        Modality.COMMODITY_VOUCHER: _("Commodity voucher"),
    }[Modality(modality)]
