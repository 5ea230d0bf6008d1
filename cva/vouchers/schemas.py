"""Books, numbers and the control sheet as JSON: the same for the command line and the API."""

from collections.abc import Mapping, Sequence
from typing import Any

from cva.beneficiaries.proxies import collection_json
from cva.core.money import Money, plain
from cva.vouchers.control_sheet import ControlCount, ControlIdentity, ControlLine, ControlSheet
from cva.vouchers.models import Vendor, VoucherBook
from cva.vouchers.number_lookup import NumberView
from cva.vouchers.numbering import number_of
from cva.vouchers.stop_lists import Stop
from cva.vouchers.voucher_history import HANDED_OUT, Happened


def money_json(money: Money | None) -> dict[str, str] | None:
    """An amount as a plain decimal text with its currency."""
    if money is None:
        return None
    return {"currency": money.currency, "amount": plain(money.currency, money.minor)}


def book_json(book: VoucherBook) -> dict[str, Any]:
    """A book."""
    face = (
        Money(book.currency, book.face_minor)
        if book.currency and book.face_minor is not None
        else None
    )
    return {
        "id": book.id,
        "code": book.code,
        "first": number_of(book, book.first),
        "last": number_of(book, book.last),
        "printed": book.printed,
        "kind": book.kind,
        "goods": book.goods,
        "face": money_json(face),
        "expires_on": book.expires_on.isoformat() if book.expires_on else None,
        "vendor": book.vendor_id,
    }


def vendor_json(vendor: Vendor) -> dict[str, Any]:
    """A vendor."""
    return {
        "id": vendor.id,
        "code": vendor.code,
        "name": vendor.name,
        "contract": vendor.contract,
    }


def control_json(control: ControlSheet) -> dict[str, Any]:
    """The control sheet."""
    return {
        "society": control.society,
        "on": control.on.isoformat(),
        "holds": control.holds,
        "lines": [_line(line) for line in control.lines],
    }


def _line(line: ControlLine) -> dict[str, Any]:
    return {
        "book": line.book.code if line.book else None,
        "programme": line.programme,
        "moved": dict(line.moved),
        "printed": _identity(line, line.printed) if line.printed else None,
        "handed_out": _identity(line, line.handed_out),
        "holds": line.holds,
    }


def _identity(line: ControlLine, identity: ControlIdentity) -> dict[str, Any]:
    return {
        "whole": _count(line, identity.whole),
        "parts": {name: _count(line, part) for name, part in identity.parts.items()},
        "difference": _count(line, identity.difference),
    }


def _count(line: ControlLine, count: ControlCount) -> dict[str, Any]:
    return {"vouchers": count.pieces, "value": money_json(line.money(count))}


def number_json(view: NumberView) -> dict[str, Any]:
    """One voucher with its history."""
    return {
        "number": view.number,
        "state": view.state,
        "book": view.book.code if view.book else None,
        "expires_on": view.expires_on.isoformat() if view.expires_on else None,
        "face": money_json(view.face),
        "rest": money_json(view.rest),
        "registration_no": view.registration_no,
        "history": [
            {
                "kind": step.kind,
                "on": step.happened_on.isoformat(),
                "value": money_json(step.money),
                "vendor": view.vendors.get(step.vendor_id or 0),
                "sheet": step.sheet_id,
                "row": step.row_number,
                "request": step.request_id,
                "entry": view.entries[step.entry_id].number,
                "replaced_by": view.numbers.get(step.replacement_id or 0),
                "collection": _collection(view, step),
            }
            for step in view.steps
        ],
    }


def _collection(view: NumberView, step: Happened) -> dict[str, str | None] | None:
    is_given = step.kind == HANDED_OUT
    return collection_json(view.collected.get(step.voucher_id or 0, {})) if is_given else None


def stops_json(stops: Sequence[Stop]) -> list[Mapping[str, str]]:
    """The stop list."""
    return [
        {"number": stop.number, "kind": stop.kind, "since": stop.since.isoformat()}
        for stop in stops
    ]
