"""Commands about vouchers: books, where every number is, vendors and what they are owed."""

from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from cva.cli.context import (
    CommandContext,
    as_option,
    json_option,
    language_option,
    output_option,
    say_json,
    write_workbook,
)
from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.core.money import plain
from cva.reports.schemas import StatementSchema
from cva.reports.vendor_statement import statement
from cva.reports.vendor_statement_workbook import statement_pages
from cva.sheets.findings.voucher_steps import word
from cva.sheets.writing import table_workbook
from cva.societies import service as societies
from cva.vouchers import books, control_sheet, number_lookup, stop_lists, vendors, voucher_states
from cva.vouchers.control_workbook import control_pages
from cva.vouchers.input_schemas import MoveSchema, NewBookSchema, NewVendorSchema, book_of, move_of
from cva.vouchers.labels import part_name, voucher_state_name
from cva.vouchers.models import MoveKind
from cva.vouchers.schemas import BookSchema, ControlSchema, NumberSchema, StopSchema, VendorSchema
from cva.vouchers.vendors import NewVendor


@click.group("vouchers")
def voucher_group() -> None:
    """Books of voucher numbers, what became of each, vendors."""


def _society_option(command: Any) -> Any:  # noqa: ANN401
    return click.option("--society", required=True, metavar="CODE")(command)


def _id(session: Session, society: str) -> int:
    return societies.find_society(session, society).id


@voucher_group.command("books")
@_society_option
@json_option
@click.pass_obj
def list_books(desk: CommandContext, society: str, *, as_json: bool) -> None:
    """List the books of a society."""
    with desk.reading() as session:
        found = BookSchema(many=True).dump(books.list_books(session, _id(session, society)))
    if as_json:
        say_json(found)
        return
    for book in found:
        face = book["face"]
        worth = f"{face['amount']} {face['currency']}" if face else book["goods"]
        click.echo(f"{book['id']:>5}  {book['code']:<14} {book['first']} - {book['last']}  {worth}")


@voucher_group.command("add-book")
@click.argument("code")
@click.argument("first")
@click.argument("last")
@_society_option
@click.option("--programme", required=True, metavar="CODE")
@click.option("--face", default="", help="Face value, such as 500.00.")
@click.option("--currency", default="", help="Unless it is the programme's.")
@click.option("--goods", default="", help="What vouchers without a face value are for.")
@click.option("--kind", default="", help="What they are for, such as clothes.")
@click.option("--expires-on", default="", metavar="DAY", help="The last day for vendors.")
@click.option("--vendor", default="", metavar="CODE", help="The only vendor for them.")
@as_option
@click.pass_obj
def add_book(desk: CommandContext, /, society: str, email: str, **options: str) -> None:
    """Register a book with the numbers FIRST to LAST, as printed."""
    with desk.writing(email) as session:
        book, faults = NewBookSchema().read(options)
        made = books.add_book(session, book_of(session, _id(session, society), book, faults))
        click.echo(
            ngettext(
                "Book {code} has {count} voucher.",
                "Book {code} has {count} vouchers.",
                made.printed,
            ).format(code=made.code, count=made.printed)
        )


@voucher_group.command()
@click.argument("book")
@click.argument("kind", type=click.Choice([str(kind) for kind in MoveKind]))
@_society_option
@click.option("--first", default="", help="The first of the book unless said.")
@click.option("--last", default="", help="The last of the book unless said.")
@click.option("--on", default="", metavar="DAY", help="Today unless said.")
@click.option("--team", default="", help="The name of the team, not of a person.")
@as_option
@click.pass_obj
def move(desk: CommandContext, /, book: str, society: str, email: str, **options: str) -> None:
    """Record numbers of a book received in store, given to a team, or brought back."""
    with desk.writing(email) as session:
        found = books.find_book(session, _id(session, society), book)
        made = books.move(session, move_of(session, found.id, MoveSchema().take(options)))
        moved = made.last - made.first + 1
        shown = ngettext("{count} voucher moved.", "{count} vouchers moved.", moved)
        click.echo(shown.format(count=moved))


@voucher_group.command()
@click.argument("number")
@_society_option
@language_option
@json_option
@click.pass_obj
def show(desk: CommandContext, number: str, society: str, *, as_json: bool) -> None:
    """Show one voucher and what happened to it, the oldest first."""
    with desk.reading() as session:
        found = NumberSchema().dump(number_lookup.look_up(session, _id(session, society), number))
    if as_json:
        say_json(found)
        return
    click.echo(f"{found['number']}: {voucher_state_name(found['state'])}")
    for step in found["history"]:
        value = step["value"]
        amount = f"{value['amount']} {value['currency']}" if value else ""
        parts = (step["on"], word(step["kind"]), amount, step["vendor"], step["replaced_by"])
        click.echo("  " + "  ".join(part for part in parts if part))


@voucher_group.command("control")
@_society_option
@output_option("Write a workbook instead.")
@language_option
@json_option
@click.pass_context
def show_control(
    context: click.Context, society: str, output: Path | None, *, as_json: bool
) -> None:
    """Where every voucher is. Exit status 0 when both identities hold, else 1."""
    desk: CommandContext = context.obj
    with desk.reading() as session:
        society_id = _id(session, society)
        found = control_sheet.control(session, society_id)
        stopped = stop_lists.stop_list(session, society_id)
    if output is not None:
        title = f"{_('Voucher control sheet')} {found.society}"
        pages = control_pages(found, stopped, title)
        write_workbook(output, table_workbook.write_workbook(pages))
        click.echo(_("Written to {file}.").format(file=output))
    elif as_json:
        say_json(ControlSchema().dump(found))
    else:
        for line in found.lines:
            click.echo(f"{line.book.code if line.book else _('in no book')} ({line.programme})")
            for identity in filter(None, (line.printed, line.handed_out)):
                _tell_identity(line, identity)
        click.echo(_("It ties.") if found.holds else _("It does not tie."))
    context.exit(0 if found.holds else 1)


def _tell_identity(
    line: control_sheet.ControlLine, identity: control_sheet.ControlIdentity
) -> None:
    whole = "printed" if identity is line.printed else "handed_out"
    for name, count in {whole: identity.whole, **identity.parts}.items():
        money = line.money(count)
        worth = f"{plain(money.currency, money.minor):>18} {money.currency}" if money else ""
        indent = "  " if name == whole and count is identity.whole else "    "
        click.echo(f"{indent}{part_name(name):<16}{count.pieces:>8}{worth}")


@voucher_group.command("stops")
@_society_option
@json_option
@click.pass_obj
def list_stops(desk: CommandContext, society: str, *, as_json: bool) -> None:
    """List the numbers that no vendor may take."""
    with desk.reading() as session:
        found = StopSchema(many=True).dump(stop_lists.stop_list(session, _id(session, society)))
    if as_json:
        say_json(found)
        return
    for stop in found:
        click.echo(f"{stop['number']:<20} {stop['since']}  {voucher_state_name(stop['kind'])}")


@voucher_group.command("vendors")
@_society_option
@json_option
@click.pass_obj
def list_vendors(desk: CommandContext, society: str, *, as_json: bool) -> None:
    """List the vendors of a society."""
    with desk.reading() as session:
        listed = vendors.list_vendors(session, _id(session, society))
        found = VendorSchema(many=True).dump(listed)
    if as_json:
        say_json(found)
        return
    for vendor in found:
        click.echo(f"{vendor['id']:>5}  {vendor['code']:<14} {vendor['name']}")


@voucher_group.command("add-vendor")
@click.argument("code")
@click.argument("name")
@_society_option
@click.option("--contract", default="")
@as_option
@click.pass_obj
def add_vendor(desk: CommandContext, /, society: str, email: str, **options: str) -> None:
    """Register a vendor."""
    new = NewVendor(**NewVendorSchema().take(options))
    with desk.writing(email) as session:
        vendors.add_vendor(session, _id(session, society), new)
    click.echo(_("Vendor {code} is registered.").format(code=new.code))


@voucher_group.command("statement")
@click.argument("vendor")
@_society_option
@output_option("Write a workbook instead.")
@language_option
@json_option
@click.pass_obj
def show_statement(
    desk: CommandContext, vendor: str, society: str, output: Path | None, *, as_json: bool
) -> None:
    """Show what a vendor claimed, what was rejected and why, what is due and paid."""
    with desk.reading() as session:
        known = vendors.find_vendor(session, _id(session, society), vendor)
        found = statement(session, known.id)
    if output is not None:
        write_workbook(output, table_workbook.write_workbook(statement_pages(found)))
        click.echo(_("Written to {file}.").format(file=output))
        return
    shown = StatementSchema().dump(found)
    if as_json:
        say_json(shown)
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
@_society_option
@click.pass_obj
def rebuild(desk: CommandContext, society: str) -> None:
    """Drop what each number is said to be, and make it anew from what happened."""
    with desk.writing() as session:
        voucher_states.rebuild(session, _id(session, society))
    click.echo(_("What vouchers are is made anew."))
