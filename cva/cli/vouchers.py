"""Commands about vouchers: books, where every number is, vendors, what takes a second person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.approvals import service as approvals
from cva.cli.context import (
    CommandContext,
    json_option,
    language_option,
    output_option,
    print_json,
    write_workbook,
)
from cva.cli.declaring import changes, lists, reads, sets_up, society_option
from cva.cli.schema_options import as_texts, schema_options
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.input_schema import InputSchema
from cva.core.money import plain
from cva.reports.schemas import StatementSchema
from cva.reports.vendor_statement import statement, statement_pages
from cva.sheets.findings.voucher_steps import word
from cva.sheets.writing import table_workbook
from cva.societies import service as societies
from cva.vouchers import books, control_sheet, number_lookup, stop_lists, vendors, voucher_states
from cva.vouchers.control_workbook import control_pages
from cva.vouchers.input_schemas import MoveSchema, NewBookSchema, NewVendorSchema, book_of, move_of
from cva.vouchers.labels import part_name, voucher_state_name
from cva.vouchers.models import Vendor, VoucherBook
from cva.vouchers.request_schemas import REQUEST_SCHEMAS
from cva.vouchers.schemas import BookSchema, ControlSchema, NumberSchema, StopSchema, VendorSchema
from cva.vouchers.vendors import NewVendor


@click.group("vouchers")
def voucher_group() -> None:
    """Books of voucher numbers, what became of each, vendors."""


def _book_line(book: dict[str, Any]) -> str:
    face = book["face"]
    worth = f"{face['amount']} {face['currency']}" if face else book["goods"]
    return f"{book['id']:>5}  {book['code']:<14} {book['first']} - {book['last']}  {worth}"


@voucher_group.command("books")
@society_option
@lists(BookSchema, _book_line)
def list_books(session: Session, society_id: int) -> Sequence[VoucherBook]:
    """List the books of a society."""
    return books.list_books(session, society_id)


@voucher_group.command("add-book")
@society_option
@schema_options(
    NewBookSchema,
    arguments=("code", "first", "last"),
    load=InputSchema.read,
    into="book",
    options={
        "programme": {"metavar": "CODE"},
        "vendor": {"metavar": "CODE"},
        "currency": {"help": "Unless it is the programme's."},
    },
)
@changes
def add_book(session: Session, society_id: int, book: tuple[dict[str, Any], FormErrors]) -> str:
    """Register a book with the numbers FIRST to LAST, as printed."""
    made = books.add_book(session, book_of(session, society_id, *book))
    shown = ngettext(
        "Book {code} has {count} voucher.", "Book {code} has {count} vouchers.", made.printed
    )
    return shown.format(code=made.code, count=made.printed)


@voucher_group.command()
@click.argument("book")
@society_option
@schema_options(MoveSchema, arguments=("kind",), options={"on": {"help": "Today unless given."}})
@changes
def move(session: Session, book: str, society_id: int, values: dict[str, Any]) -> str:
    """Record numbers of a book received in store, given to a team, or brought back."""
    found = books.find_book(session, society_id, book)
    made = books.move(session, move_of(session, found.id, values))
    moved = made.last - made.first + 1
    return ngettext("{count} voucher moved.", "{count} vouchers moved.", moved).format(count=moved)


def _print_number(found: dict[str, Any]) -> None:
    click.echo(f"{found['number']}: {voucher_state_name(found['state'])}")
    for step in found["history"]:
        value = step["value"]
        amount = f"{value['amount']} {value['currency']}" if value else ""
        parts = (step["on"], word(step["kind"]), amount, step["vendor"], step["replaced_by"])
        click.echo("  " + "  ".join(part for part in parts if part))


@voucher_group.command()
@click.argument("number")
@society_option
@reads(_print_number)
def show(session: Session, number: str, society_id: int) -> dict[str, Any]:
    """Show one voucher and what happened to it, the oldest first."""
    found: dict[str, Any] = NumberSchema().dump(number_lookup.look_up(session, society_id, number))
    return found


@voucher_group.command("control")
@click.option("--society", required=True, metavar="CODE")
@output_option("Write a workbook instead.")
@language_option
@json_option
@click.pass_context
def show_control(
    context: click.Context, society: str, output: Path | None, *, as_json: bool
) -> None:
    """Where every voucher is. Exit status 0 when both identities hold, else 1."""
    command: CommandContext = context.obj
    with command.reading() as session:
        society_id = societies.find_society(session, society).id
        found = control_sheet.control(session, society_id)
        stopped = stop_lists.stop_list(session, society_id)
    if output is not None:
        title = f"{_('Voucher control sheet')} {found.society}"
        pages = control_pages(found, stopped, title)
        write_workbook(output, table_workbook.write_workbook(pages))
        click.echo(_("Written to {file}.").format(file=output))
    elif as_json:
        print_json(ControlSchema().dump(found))
    else:
        for line in found.lines:
            click.echo(f"{line.book.code if line.book else _('in no book')} ({line.programme})")
            for identity in filter(None, (line.printed, line.handed_out)):
                _print_identity(line, identity)
        click.echo(_("It ties.") if found.holds else _("It does not tie."))
    context.exit(0 if found.holds else 1)


def _print_identity(
    line: control_sheet.ControlLine, identity: control_sheet.ControlIdentity
) -> None:
    whole = "printed" if identity is line.printed else "handed_out"
    for name, count in {whole: identity.whole, **identity.parts}.items():
        money = line.money(count)
        worth = f"{plain(money.currency, money.minor):>18} {money.currency}" if money else ""
        indent = "  " if name == whole and count is identity.whole else "    "
        click.echo(f"{indent}{part_name(name):<16}{count.pieces:>8}{worth}")


def _stop_line(stop: dict[str, Any]) -> str:
    return f"{stop['number']:<20} {stop['since']}  {voucher_state_name(stop['kind'])}"


@voucher_group.command("stops")
@society_option
@lists(StopSchema, _stop_line)
def list_stops(session: Session, society_id: int) -> Sequence[stop_lists.Stop]:
    """List the numbers that no vendor may take."""
    return stop_lists.stop_list(session, society_id)


@voucher_group.command("vendors")
@society_option
@lists(VendorSchema, "{id:>5}  {code:<14} {name}".format_map)
def list_vendors(session: Session, society_id: int) -> Sequence[Vendor]:
    """List the vendors of a society."""
    return vendors.list_vendors(session, society_id)


@voucher_group.command("add-vendor")
@society_option
@schema_options(NewVendorSchema, arguments=("code", "name"))
@changes
def add_vendor(session: Session, society_id: int, values: dict[str, Any]) -> str:
    """Register a vendor."""
    added = vendors.add_vendor(session, society_id, NewVendor(**values))
    return _("Vendor {code} is registered.").format(code=added.code)


@voucher_group.command("statement")
@click.argument("vendor")
@click.option("--society", required=True, metavar="CODE")
@output_option("Write a workbook instead.")
@language_option
@json_option
@click.pass_obj
def show_statement(
    command: CommandContext, vendor: str, society: str, output: Path | None, *, as_json: bool
) -> None:
    """Show what a vendor claimed, what was rejected and why, what is due and paid."""
    with command.reading() as session:
        known = vendors.find_vendor(session, societies.find_society(session, society).id, vendor)
        found = statement(session, known.id)
    if output is not None:
        write_workbook(output, table_workbook.write_workbook(statement_pages(found)))
        click.echo(_("Written to {file}.").format(file=output))
        return
    shown = StatementSchema().dump(found)
    if as_json:
        print_json(shown)
        return
    for claim in shown["claims"]:
        click.echo(
            _("Sheet {sheet}: {claimed} claimed, {accepted} accepted, {rejected} rejected").format(
                **claim
            )
        )
    for rejected in shown["rejected"]:
        click.echo(f"✗ {rejected['number']:<18} {rejected['reason']}")
    for due in shown["due"]:
        click.echo(_("Due: {amount} {currency}").format(**due))


@voucher_group.command()
@society_option
@sets_up
def rebuild(session: Session, society_id: int) -> str:
    """Drop the state of each number, and make it again from what happened."""
    voucher_states.rebuild(session, society_id)
    return _("What vouchers are is made anew.")


#: What the schemas leave open, as pages know it: which book, vendor or programme is meant.
_OPTIONS: dict[str, dict[str, Any]] = {
    "on": {"help": "Today unless given."},
    "reason": {"required": True},
    "book": {"required": True, "help": "Code of the book."},
    "vendor": {"required": True, "help": "Code or name."},
    "programme": {"required": True, "help": "Code of the programme."},
    "currency": {"help": "Unless it is the programme's."},
}

#: By command the kind of request and what it asks for.
_ACTS = {
    "void": ("void_vouchers", "Ask to make vouchers void."),
    "lost": ("lose_vouchers", "Ask to record that vouchers are lost."),
    "destroy": (
        "destroy_vouchers",
        "Ask to record that vouchers were destroyed before witnesses.",
    ),
    "replace": ("replace_voucher", "Ask to replace a voucher by another one."),
    "false": ("false_redemption", "Ask to record that a redemption was false."),
    "settle": ("settle_vendor", "Ask to pay a vendor what it is owed."),
    "take-back-payment": (
        "reverse_vendor_payment",
        "Ask to reverse a payment to a vendor that was booked wrongly.",
    ),
    "expire": (
        "release_expired",
        "Ask to take what expired of a book out of the expenses booked at hand-over.",
    ),
}


def _add_command(name: str, kind: str, shown: str) -> None:
    """Add a command that asks for an act, with the options of the act's schema."""

    @voucher_group.command(name, help=shown)
    @society_option
    @schema_options(REQUEST_SCHEMAS[kind], load=as_texts, options=_OPTIONS)
    @changes
    def ask(session: Session, society_id: int, values: dict[str, str]) -> str:
        made = approvals.ask(session, society_id, kind, values, values.pop("reason"))
        message = _("Request {id}: {what}")
        what = approvals.show(session, made.id).summary
        note = _("A second person confirms it before anything is recorded.")
        return f"{message.format(id=made.id, what=what)}\n{note}"


for _name, (_kind, _shown) in _ACTS.items():
    _add_command(_name, _kind, _shown)
