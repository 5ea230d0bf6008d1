"""Every code of a finding: what it is called, how grave it is and what it says.

A code never changes and is never used again for something else. Each text says what is wrong
and what to write instead. ``docs/findings.md`` explains every code at length.
"""

from collections.abc import Callable
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"
INFO = "info"
#: An error in a required field, else a warning.
CELL = "cell"

#: Marks a text for translation; it is translated when it is shown.
N_: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of the catalogue.

    Attributes:
        title: A few words.
        level: ``error``, ``warning``, ``info``, or ``cell``: an error in a required field only.
        template: The message, with the names of the finding's details in braces.
        refuses: Whether it turns the whole file away.
    """

    title: str
    level: str
    template: str
    refuses: bool = False


FILE: dict[str, Entry] = {
    "workbook-unreadable": Entry(
        N_("The file cannot be read"), ERROR, N_("The file cannot be read: {reason}"), refuses=True
    ),
    "workbook-encrypted": Entry(
        N_("The file is protected by a password"),
        ERROR,
        N_("The file is protected by a password. Save it without one and send it again."),
        refuses=True,
    ),
    "workbook-too-large": Entry(
        N_("The file is too large"), ERROR, N_("The file is too large: {reason}"), refuses=True
    ),
    "workbook-unsafe": Entry(
        N_("The file holds something that no sheet needs"),
        ERROR,
        N_("The file is not opened: {reason}"),
        refuses=True,
    ),
    "format-unknown": Entry(
        N_("This kind of file is not read"),
        ERROR,
        N_(
            'Files that end in ".{ending}" are not read. Save it as an Excel workbook (.xlsx); '
            ".xlsb, .xls, .ods, .csv, .tsv and .txt are read too."
        ),
        refuses=True,
    ),
    "kind-unknown": Entry(
        N_("There is no such kind of sheet"),
        ERROR,
        N_('"{kind}" is no kind of sheet. Choose one of: {kinds}.'),
        refuses=True,
    ),
    "no-heading-row": Entry(
        N_("No headings were found"),
        ERROR,
        N_(
            "No row of headings was found in: {sheets}. One row must name the columns, for "
            "example Registration number, Family name, Distribution date, Amount (USD)."
        ),
        refuses=True,
    ),
    "no-data-rows": Entry(
        N_("There are headings but no rows"),
        ERROR,
        N_("There is nothing under the headings. Fill in at least one row."),
        refuses=True,
    ),
    "column-missing": Entry(
        N_("A column is missing"),
        ERROR,
        N_("No column was recognised for: {fields}. Add it, or rename the heading that means it."),
        refuses=True,
    ),
    "column-twice": Entry(
        N_("Two columns mean the same"),
        ERROR,
        N_(
            "This column and the one in {first} both mean {field}. Remove one, or rename the "
            "one that means something else."
        ),
        refuses=True,
    ),
    "already-received": Entry(
        N_("This sheet was sent before"),
        ERROR,
        N_("The same rows were sent before, as sheet {sheet_id} on {day}. Nothing was taken over."),
        refuses=True,
    ),
}

SHEET: dict[str, Entry] = {
    "total-mismatch": Entry(
        N_("A stated total differs"),
        WARNING,
        N_(
            'The sheet says "{value}", the rows above add up to {sum}. Correct the total or the '
            "rows, or confirm that the rows are right."
        ),
    ),
    "hidden-row": Entry(
        N_("A hidden row is counted"),
        WARNING,
        N_("This row is hidden in the workbook and is read all the same. Show it, or delete it."),
    ),
    "hidden-column": Entry(
        N_("A hidden column is read"),
        WARNING,
        N_("This column is hidden in the workbook and is read all the same."),
    ),
    "hidden-sheet": Entry(
        N_("The workbook has a hidden sheet"),
        WARNING,
        N_('The sheet "{hidden}" is hidden. Show or delete it, so that everybody sees the same.'),
    ),
    "unit-converted": Entry(
        N_("Toman were counted as rials"),
        WARNING,
        N_("The amounts are in toman; each was multiplied by {times} and is kept in {currency}."),
    ),
    "rows-skipped": Entry(
        N_("A row was left out"),
        WARNING,
        N_(
            'This row was not taken over: it begins with "{value}" and names nobody or stands '
            "below the end of the list. Move it into the list if it belongs there."
        ),
    ),
    "currency-foreign": Entry(
        N_("Another currency than the programme's"),
        WARNING,
        N_("There are amounts in {value}; the programme is in {currency}. Is it the right one?"),
    ),
    "template-elsewhere": Entry(
        N_("A template of somewhere else"),
        WARNING,
        N_(
            "The template was made for {made_for}, and the sheet was sent for {sent_for}. If that "
            "is not meant, withdraw it and send it for the right one."
        ),
    ),
    "field-list-altered": Entry(
        N_("The field list was altered inside"),
        WARNING,
        N_(
            "What this field list says of itself is not what was written into it. Take the list "
            "anew and copy what was filled in, or confirm that the rows are right."
        ),
    ),
    "list-outdated": Entry(
        N_("The list was changed since"),
        WARNING,
        N_(
            "This field list is of version {made} of the list, which is at version {now} by now. "
            "Check the rows that differ."
        ),
    ),
    "list-row-missing": Entry(
        N_("Rows of the field list are missing"),
        WARNING,
        N_(
            "Put the rows back, or confirm. People of the field list without a row: {count}. They "
            "stay without an answer: {numbers}."
        ),
    ),
    "planned-amount-taken": Entry(
        N_("The planned amount is taken"),
        INFO,
        N_(
            "Rows that were received and whose amount is blank: {count}. The planned amount is "
            "taken. Write the amount where another one was given."
        ),
    ),
    "column-unknown": Entry(
        N_("A column is not taken over"),
        INFO,
        N_('The heading "{value}" is not known; what stands in this column is not taken over.'),
    ),
}

CELLS: dict[str, Entry] = {
    "required": Entry(N_("A cell is blank"), CELL, N_("This cell is blank. Fill it in.")),
    "amount-unreadable": Entry(
        N_("No amount"),
        CELL,
        N_('"{value}" is no amount. Write a number, for example 10000.00.'),
    ),
    "amount-not-positive": Entry(
        N_("The amount is not above zero"),
        CELL,
        N_('"{value}" is not above zero. Write the amount that was given.'),
    ),
    "amount-too-precise": Entry(
        N_("Too many decimals"),
        CELL,
        N_(
            '"{value}" has more decimals than {currency} has ({digits}). Write the amount that '
            "was given."
        ),
    ),
    "amount-too-large": Entry(
        N_("The amount is too large"), CELL, N_('"{value}" is too large. Check the digits.')
    ),
    "currency-unknown": Entry(
        N_("No currency"),
        CELL,
        N_('"{value}" is no currency in use. Write a code such as USD or EUR.'),
    ),
    "currency-mismatch": Entry(
        N_("Two currencies for one amount"),
        CELL,
        N_('This cell says "{value}", the heading says {currency}. Make them agree.'),
    ),
    "date-unreadable": Entry(
        N_("No date"),
        CELL,
        N_('"{value}" is no date that exists. Write the day, for example 2025-03-31.'),
    ),
    "date-in-future": Entry(
        N_("The date lies in the future"),
        CELL,
        N_('"{value}" lies in the future. Write the day on which it happened.'),
    ),
    "date-outside-programme": Entry(
        N_("The date lies outside the programme"),
        CELL,
        N_('"{value}" lies outside the programme, which runs from {first} to {last}.'),
    ),
    "month-closed": Entry(
        N_("The month is closed"),
        CELL,
        N_('"{value}" lies in {month}, which is closed. Ask finance to open it again.'),
    ),
    "value-unknown": Entry(
        N_("A value that is not understood"),
        CELL,
        N_('"{value}" is not understood here: {reason}'),
    ),
    "number-damaged": Entry(
        N_("Excel changed a number"),
        CELL,
        N_(
            '"{value}" is what Excel made of a long number; digits were lost. Format the column '
            "as text and type the number again."
        ),
    ),
    "text-too-long": Entry(
        N_("The text is too long"),
        CELL,
        N_("The text is longer than {limit} signs. Shorten it."),
    ),
    "formula-without-value": Entry(
        N_("A formula that was never calculated"),
        CELL,
        N_(
            'The formula "{value}" has no stored value. Open the file in Excel, save it and send '
            "it again, or write the value."
        ),
    ),
    "merged-cell": Entry(
        N_("Merged cells among the data"),
        CELL,
        N_("This cell is merged with {merged}. Unmerge it and fill in every row."),
    ),
    "receipt-unclear": Entry(
        N_("Received or not?"),
        CELL,
        N_("Other rows are marked as received or not; this one is blank. Write yes or no."),
    ),
}

ROWS: dict[str, Entry] = {
    "duplicate-row": Entry(
        N_("The same row twice"),
        ERROR,
        N_('"{value}" stands already in row {other_row}. Delete one of the two.'),
    ),
    "duplicate-voucher": Entry(
        N_("The same voucher twice"),
        ERROR,
        N_('The voucher "{value}" stands already in row {other_row}. Correct one of the two.'),
    ),
    "already-paid": Entry(
        N_("Already paid"),
        ERROR,
        N_('"{value}" was paid for this already, in row {other_row} of sheet {sheet_id}.'),
    ),
    "unknown-beneficiary": Entry(
        N_("Nobody is registered under this number"),
        ERROR,
        N_('Nobody is registered under "{value}". Correct the number or register the person.'),
    ),
    "unknown-voucher": Entry(
        N_("No such voucher"), ERROR, N_('There is no voucher "{value}". Correct the number.')
    ),
    "voucher-not-issued": Entry(
        N_("The voucher was not handed out"),
        ERROR,
        N_('The voucher "{value}" was never handed out. Send the distribution first.'),
    ),
    "voucher-already-redeemed": Entry(
        N_("The voucher was redeemed before"),
        ERROR,
        N_('The voucher "{value}" was redeemed on {day} already.'),
    ),
    "voucher-expired": Entry(
        N_("The voucher had expired"),
        ERROR,
        N_('The voucher "{value}" was good until {day}.'),
    ),
    "voucher-not-in-book": Entry(
        N_("The number is in no book"),
        ERROR,
        N_(
            'The number "{value}" is in no book of this programme. Correct it, or register the '
            "book first."
        ),
    ),
    "voucher-face-differs": Entry(
        N_("Another value than the book's"),
        ERROR,
        N_('The vouchers of book {book} are for {face}, the row says "{value}". Correct the row.'),
    ),
    "voucher-void": Entry(
        N_("The voucher is void"),
        ERROR,
        N_('The voucher "{value}" is void. Leave it out.'),
    ),
    "voucher-lost": Entry(
        N_("The voucher was reported lost"),
        ERROR,
        N_('The voucher "{value}" was reported lost. Leave it out and settle it with the vendor.'),
    ),
    "voucher-other-vendor": Entry(
        N_("Another vendor's voucher"),
        ERROR,
        N_('The voucher "{value}" is for another vendor. Leave it out.'),
    ),
    "voucher-other-programme": Entry(
        N_("A voucher of another programme"),
        ERROR,
        N_('The voucher "{value}" was handed out by another programme. Claim it there.'),
    ),
    "voucher-other-currency": Entry(
        N_("Another currency than the voucher's"),
        ERROR,
        N_('The voucher "{value}" is in {currency}. Claim it in this currency.'),
    ),
    "voucher-value-over": Entry(
        N_("More than is left of the voucher"),
        ERROR,
        N_('The claim for "{value}" is more than the {left} that are left. Claim no more.'),
    ),
    "voucher-in-store": Entry(
        N_("The voucher is still in store"),
        WARNING,
        N_(
            'By book {book} no team has taken the voucher "{value}". Record who took it, or '
            "confirm that it was handed out."
        ),
    ),
    "voucher-redeemed-early": Entry(
        N_("Redeemed before it was handed out"),
        ERROR,
        N_('The voucher "{value}" was handed out on {day}, after this day. Correct one of them.'),
    ),
    "vendor-unknown": Entry(
        N_("The vendor is not known"),
        ERROR,
        N_(
            'The vendor "{value}" is not registered. Register it, or correct its code or name, '
            "and have the sheet checked again."
        ),
    ),
    "not-on-list": Entry(
        N_("Not on the list"),
        ERROR,
        N_('"{value}" is not on the list of this round.'),
    ),
    "list-not-approved": Entry(
        N_("The list of the round is not approved"),
        ERROR,
        N_(
            "Have the list of round {round} approved, then send this sheet again: nothing is "
            "handed out before."
        ),
    ),
    "amount-differs": Entry(
        N_("The amount differs from what was planned"),
        ERROR,
        N_(
            "Check with the provider, then send a corrected result; if it happened so, finance "
            'records it as an exception. "{value}" was paid, {planned} was planned.'
        ),
    ),
}

PAYMENTS: dict[str, Entry] = {
    "unknown-payment": Entry(
        N_("No such payment"),
        ERROR,
        N_(
            'No payment list of this programme and round has "{value}". Correct the reference, or '
            "send the sheet for the right round."
        ),
    ),
    "payment-not-sent": Entry(
        N_("The payment was never sent"),
        ERROR,
        N_(
            '"{value}" stands on a payment list that was not sent to the provider. Mark the list '
            "as sent first."
        ),
    ),
    "payment-under-way": Entry(
        N_("A provider is paying this person"),
        ERROR,
        N_(
            '"{value}" stands on payment list {list} for the same. Wait for the answer of the '
            "provider, so that nobody is paid twice."
        ),
    ),
    "payment-currency": Entry(
        N_("Another currency than was instructed"),
        ERROR,
        N_("The payment is in {currency}, this row is not. Correct the currency."),
    ),
    "answer-contradicts": Entry(
        N_("The provider said something else before"),
        ERROR,
        N_(
            'It says "{value}" here and {before} in row {other_row} of sheet {sheet_id}. Ask the '
            "provider which is right; a wrong row that is posted can be reversed."
        ),
    ),
    "returned-too-much": Entry(
        N_("More came back than was paid"),
        ERROR,
        N_('"{value}" is more than is left of what was paid. Correct the amount.'),
    ),
    "reference-reused": Entry(
        N_("The reference of another payment"),
        ERROR,
        N_('"{value}" belongs to the payment of somebody else. Correct the reference.'),
    ),
    "answered-before": Entry(
        N_("Told before"),
        INFO,
        N_(
            '"{value}" was answered the same in row {other_row} of sheet {sheet_id}, and is not '
            "posted again."
        ),
    ),
}

ROW_WARNINGS: dict[str, Entry] = {
    "less-than-planned": Entry(
        N_("Less than planned"),
        WARNING,
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "more-than-planned": Entry(
        N_("More than planned"),
        WARNING,
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "locked-cell-changed": Entry(
        N_("A locked cell was changed"),
        WARNING,
        N_('Here stood "{before}" when the list was written, now it is "{value}". Put it back.'),
    ),
    "list-row-added": Entry(
        N_("A row was added to the field list"),
        WARNING,
        N_('"{value}" was not in the field list as it was written. Check who this is.'),
    ),
    "plan-changed": Entry(
        N_("The plan for this person changed"),
        WARNING,
        N_("{before} was planned for {value} when this list was written; now it is {now}."),
    ),
    "possible-duplicate": Entry(
        N_("Perhaps the same twice"),
        WARNING,
        N_('"{value}" stands already in row {other_row}, with another day or amount. Check both.'),
    ),
    "identity-differs": Entry(
        N_("Another person under this number"),
        WARNING,
        N_('"{value}" is registered as {registered}, here it is {here}. Is it the same person?'),
    ),
    "paid-by-provider": Entry(
        N_("A provider may be paying this person"),
        WARNING,
        N_(
            "Name the round, if this is for the same, so that nobody is paid twice: payment list "
            '{list} of round {round} pays "{value}", and has no answer yet.'
        ),
    ),
    "household-differs": Entry(
        N_("Another household size"),
        WARNING,
        N_(
            'The household of "{value}" was {before} when it was last recorded, here it is {now}. '
            "Correct the number if it is a slip; the person stays the same."
        ),
    ),
    "collects-for-many": Entry(
        N_("One person collects for many"),
        WARNING,
        N_('"{value}" collected for {count} people. Check who is entitled to collect for them.'),
    ),
    "mixed-letters": Entry(
        N_("Letters that look alike"),
        WARNING,
        N_(
            '"{value}" has letters of another alphabet that look like the usual ones. Type it '
            "again in one alphabet."
        ),
    ),
    "phone-shared": Entry(
        N_("Several people with one phone"),
        WARNING,
        N_('The phone number "{value}" is registered for somebody else too.'),
    ),
    "person-not-active": Entry(
        N_("The person is deceased or has moved"),
        WARNING,
        N_('"{value}" is deceased or has moved since {day}. Check who received.'),
    ),
    "not-approved": Entry(
        N_("The form was not approved"),
        WARNING,
        N_('The form is marked "{value}" in KoboToolbox, not approved.'),
    ),
}

#: What a provider said before, as a message names it.
ANSWERS: dict[str, str] = {
    "available": N_("available"),
    "paid": N_("paid"),
    "collected": N_("collected"),
    "failed": N_("failed"),
    "expired": N_("expired"),
    "returned": N_("returned"),
}

CATALOGUE: dict[str, Entry] = FILE | SHEET | CELLS | ROWS | PAYMENTS | ROW_WARNINGS

#: What is said instead where the other row is known, in this sheet or another.
ELSEWHERE: dict[str, str] = {
    "duplicate-voucher": N_(
        'The voucher "{value}" was handed out already, in row {other_row} of sheet {sheet_id}.'
    ),
    "phone-shared": N_(
        'The phone number "{value}" stands already in row {first_row}, for somebody else.'
    ),
    "possible-duplicate": N_(
        '"{value}" was paid on {day}, in row {other_row} of sheet {sheet_id}. Check both.'
    ),
}

#: What is said instead where a detail of this name is known.
NARROWER: dict[str, str] = {
    "taken_off": N_(
        "{before} was planned for {value} when this list was written; since then the person was "
        "taken off the list."
    ),
    "payments": N_(
        '{payments} payments fit "{value}". Write the reference that the payment list gives.'
    ),
    "reversed_rows": N_(
        "The same rows were sent before, as sheet {sheet_id} on {day}. Rows reversed since: "
        "{reversed_rows}. Send those alone, as they should be, in a new file."
    ),
    "several": N_(
        '"{value}" holds several numbers. Write one number in each row, with its own amount.'
    ),
}
