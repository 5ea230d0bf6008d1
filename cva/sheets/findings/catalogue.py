"""Every code of a finding: what it is called, how grave it is and what it says.

A code never changes and is never used again for something else. Each text says what is wrong
and what to write instead. ``docs/findings.md`` explains every code at length.
"""

from dataclasses import dataclass

from cva.core.i18n import N_

ERROR = "error"
WARNING = "warning"
INFO = "info"
#: An error in a required field, else a warning.
CELL = "cell"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One code of the catalogue.

    Attributes:
        title: A few words.
        level: ``error``, ``warning``, ``info``, or ``cell``: an error in a required field only.
        template: The message, with the names of the finding's details in braces.
    """

    title: str
    level: str
    template: str


#: What keeps a sheet or a row out. Codes, each with its title and its message.
_ERRORS = {
    # Why a whole file is turned away.
    "workbook-unreadable": (N_("The file cannot be read"), N_("The file cannot be read: {reason}")),
    "workbook-encrypted": (
        N_("The file is protected by a password"),
        N_("The file is protected by a password. Save it without one and send it again."),
    ),
    "workbook-too-large": (N_("The file is too large"), N_("The file is too large: {reason}")),
    "workbook-unsafe": (
        N_("The file holds something that no sheet needs"),
        N_("The file is not opened: {reason}"),
    ),
    "format-unknown": (
        N_("This kind of file is not read"),
        N_(
            'Files that end in ".{ending}" are not read. Save it as an Excel workbook (.xlsx); '
            ".xlsm, .xlsb, .xls, .ods, .csv, .tsv, .txt, .html and .xml are read too."
        ),
    ),
    "kind-unknown": (
        N_("There is no such kind of sheet"),
        N_('"{kind}" is no kind of sheet. Choose one of: {kinds}.'),
    ),
    "no-heading-row": (
        N_("No headings were found"),
        N_(
            "No row of headings was found in: {sheets}. One row must name the columns, for "
            "example Registration number, Family name, Distribution date, Amount (USD)."
        ),
    ),
    "form-without-answers": (
        N_("This is a form, without answers"),
        N_(
            "This workbook is the form of a survey (XLSForm): it holds the questions. Download the "
            "answers as an Excel file, and send that."
        ),
    ),
    "no-data-rows": (
        N_("There are headings but no rows"),
        N_("There is nothing under the headings. Fill in at least one row."),
    ),
    "column-missing": (
        N_("A column is missing"),
        N_("No column was recognised for: {fields}. Add it, or rename the heading that means it."),
    ),
    "already-received": (
        N_("This sheet was sent before"),
        N_("The same rows were sent before, as sheet {sheet_id} on {day}. Nothing was taken over."),
    ),
    # What keeps a row out: it stands against the sheet or the ledger.
    "duplicate-row": (
        N_("The same row twice"),
        N_('"{value}" stands already in row {other_row}. Delete one of the two.'),
    ),
    "duplicate-voucher": (
        N_("The same voucher twice"),
        N_('The voucher "{value}" stands already in row {other_row}. Correct one of the two.'),
    ),
    "already-paid": (
        N_("Already paid"),
        N_('"{value}" was paid for this already, in row {other_row} of sheet {sheet_id}.'),
    ),
    "unknown-beneficiary": (
        N_("Nobody is registered under this number"),
        N_('Nobody is registered under "{value}". Correct the number or register the person.'),
    ),
    "number-not-given": (
        N_("The ledger gave nobody this number"),
        N_(
            '"{value}" is written like a number that the ledger gives, and nobody has it. Look at '
            "the card: a digit or a sign may be wrong."
        ),
    ),
    "registered-since": (
        N_("Somebody was registered meanwhile"),
        N_(
            'Somebody who is or may be "{value}" was registered after this sheet was checked. Have '
            "the sheet checked again."
        ),
    ),
    "unknown-voucher": (
        N_("No such voucher"),
        N_('There is no voucher "{value}". Correct the number.'),
    ),
    "voucher-not-issued": (
        N_("The voucher was not handed out"),
        N_('The voucher "{value}" was never handed out. Send the distribution first.'),
    ),
    "voucher-already-redeemed": (
        N_("The voucher was redeemed before"),
        N_('The voucher "{value}" was redeemed on {day} already.'),
    ),
    "voucher-expired": (
        N_("The voucher had expired"),
        N_('The voucher "{value}" was good until {day}.'),
    ),
    "voucher-not-in-book": (
        N_("The number is in no book"),
        N_(
            'The number "{value}" is in no book of this programme. Correct it, or register the '
            "book first."
        ),
    ),
    "voucher-face-differs": (
        N_("Another value than the book's"),
        N_('The vouchers of book {book} are for {face}, the row says "{value}". Correct the row.'),
    ),
    "voucher-void": (N_("The voucher is void"), N_('The voucher "{value}" is void. Leave it out.')),
    "voucher-lost": (
        N_("The voucher was reported lost"),
        N_('The voucher "{value}" was reported lost. Leave it out and settle it with the vendor.'),
    ),
    "voucher-other-vendor": (
        N_("Another vendor's voucher"),
        N_('The voucher "{value}" is for another vendor. Leave it out.'),
    ),
    "voucher-other-programme": (
        N_("A voucher of another programme"),
        N_('The voucher "{value}" was handed out by another programme. Claim it there.'),
    ),
    "voucher-other-currency": (
        N_("Another currency than the voucher's"),
        N_('The voucher "{value}" is in {currency}. Claim it in this currency.'),
    ),
    "voucher-value-over": (
        N_("More than is left of the voucher"),
        N_('The claim for "{value}" is more than the {left} that are left. Claim no more.'),
    ),
    "voucher-redeemed-early": (
        N_("Redeemed before it was handed out"),
        N_('The voucher "{value}" was handed out on {day}, after this day. Correct one of them.'),
    ),
    "vendor-unknown": (
        N_("The vendor is not known"),
        N_(
            'The vendor "{value}" is not registered. Register it, or correct its code or name, '
            "and have the sheet checked again."
        ),
    ),
    "not-on-list": (N_("Not on the list"), N_('"{value}" is not on the list of this round.')),
    "list-not-approved": (
        N_("The list of the round is not approved"),
        N_(
            "Have the list of round {round} approved, then send this sheet again: nothing is "
            "handed out before."
        ),
    ),
    "amount-differs": (
        N_("The amount differs from what was planned"),
        N_(
            "Check with the provider, then send a corrected result; if it happened so, finance "
            'records it as an exception. "{value}" stands here, {planned} was planned.'
        ),
    ),
    # What a row says about its receipt.
    "receipt-contradicted": (
        N_("Received and not received"),
        N_(
            'This cell says "{value}", cell {other} says "{other_value}". Was it received? Correct '
            "the one that is wrong."
        ),
    ),
    "receipt-unclear": (
        N_("Received or not?"),
        N_("Other rows are marked as received or not; this one is blank. Write yes or no."),
    ),
    "receipt-doubtful": (
        N_("It may not have been received"),
        N_(
            '"{value}" may say that it was not received. Write yes or no in a column of the '
            "receipt, or mend this text."
        ),
    ),
    "amount-anew": (
        N_("Another amount was handed out"),
        N_(
            "By the sender's answer this is not what was handed out. Write the amount that was "
            "handed out into the cell."
        ),
    ),
    "receipt-part": (
        N_("Only a part was received"),
        N_(
            '"{value}": the sender answered that only a part was received. Write the amount that '
            "was received into this row, or mark the row as not received."
        ),
    ),
    # What is wrong with a row of payment results.
    "unknown-payment": (
        N_("No such payment"),
        N_(
            'No payment list of this programme and round has "{value}". Correct the reference, or '
            "send the sheet for the right round."
        ),
    ),
    "payment-not-sent": (
        N_("The payment was never sent"),
        N_(
            '"{value}" stands on a payment list that was not sent to the provider. Mark the list '
            "as sent first."
        ),
    ),
    "payment-under-way": (
        N_("A provider is paying this person"),
        N_(
            '"{value}" stands on payment list {list} for the same. Wait for the answer of the '
            "provider, so that nobody is paid twice."
        ),
    ),
    "payment-currency": (
        N_("Another currency than was instructed"),
        N_("The payment is in {currency}, this row is not. Correct the currency."),
    ),
    "answer-contradicts": (
        N_("The provider said something else before"),
        N_(
            'It says "{value}" here and {before} in row {other_row} of sheet {sheet_id}. Ask the '
            "provider which is right; a wrong row that is posted can be reversed."
        ),
    ),
    "paid-again": (
        N_("Perhaps paid twice"),
        N_(
            'Ask the provider whether it paid twice: it says transaction "{value}" here and '
            '"{before}" in row {other_row} of sheet {sheet_id}. If it did, finance records this '
            "row as an exception."
        ),
    ),
    "result-before-list": (
        N_("Older than the payment list"),
        N_(
            '"{value}" is before {first}, when the payment could be made first. Write the day on '
            "which the provider paid."
        ),
    ),
    "returned-too-much": (
        N_("More came back than was paid"),
        N_('"{value}" is more than is left of what was paid. Correct the amount.'),
    ),
    "part-returned": (
        N_("Only a part came back of what nobody collected"),
        N_(
            "Ask the provider what was paid or collected. Send that amount in place of this row "
            '(finance records it as an exception), or the return of the whole. "{value}" is only '
            "a part of the payment."
        ),
    ),
    "reference-reused": (
        N_("The reference of another payment"),
        N_('"{value}" belongs to the payment of somebody else. Correct the reference.'),
    ),
}
#: What is wrong in a cell. Codes, each with its title and its message.
_CELLS = {
    "required": (N_("A cell is blank"), N_("This cell is blank. Fill it in.")),
    "amount-unreadable": (
        N_("No amount"),
        N_('"{value}" is no amount. Write a number, for example 10000.00.'),
    ),
    "amount-not-positive": (
        N_("The amount is not above zero"),
        N_('"{value}" is not above zero. Write the amount that was given.'),
    ),
    "members-missing": (
        N_("The number of members is missing"),
        N_(
            'The amount "{value}" is for each person, and the row has no number of members. Write '
            "it into its column."
        ),
    ),
    "amount-too-precise": (
        N_("Too many decimals"),
        N_(
            '"{value}" has more decimals than {currency} has ({digits}). Write the amount that '
            "was given."
        ),
    ),
    "amount-too-large": (
        N_("The amount is too large"),
        N_('"{value}" is too large. Check the digits.'),
    ),
    "currency-unknown": (
        N_("No currency"),
        N_('"{value}" is no currency in use. Write a code such as USD or EUR.'),
    ),
    "currency-mismatch": (
        N_("Two currencies for one amount"),
        N_('This cell says "{value}", the heading says {currency}. Make them agree.'),
    ),
    "date-unreadable": (
        N_("No date"),
        N_('"{value}" is no date that exists. Write the day, for example {example}.'),
    ),
    "date-without-day": (
        N_("The day is missing"),
        N_('"{value}" is a month without its day. Write the day, for example {example}.'),
    ),
    "date-other-calendar": (
        N_("A day of another calendar"),
        N_(
            '"{value}" is a day of {reason}, which is not read here. Write the day in the usual '
            "one, for example {example}."
        ),
    ),
    "date-in-future": (
        N_("The date lies in the future"),
        N_('"{value}" lies in the future. Write the day on which it happened.'),
    ),
    "date-outside-programme": (
        N_("The date lies outside the programme"),
        N_('"{value}" lies outside the programme, which runs from {first} to {last}.'),
    ),
    "total-or-person": (
        N_("A total or a person"),
        N_(
            "A word for a total stands in this row, which has a name and a day as a person has. "
            "Write the person's number; clear name and day if it is a total."
        ),
    ),
    "value-unknown": (
        N_("A value that is not understood"),
        N_('"{value}" is not understood here: {reason}'),
    ),
    "number-damaged": (
        N_("Excel changed a number"),
        N_(
            '"{value}" is what Excel made of a long number; digits were lost. Format the column '
            "as text and type the number again."
        ),
    ),
    "text-too-long": (
        N_("The text is too long"),
        N_("The text is longer than {limit} signs. Shorten it."),
    ),
    "formula-without-value": (
        N_("A formula that was never calculated"),
        N_(
            'The formula "{value}" has no stored value. Open the file in Excel, save it and send '
            "it again, or write the value."
        ),
    ),
    "merged-cell": (
        N_("Merged cells among the data"),
        N_("This cell is merged with {merged}. Unmerge it and fill in every row."),
    ),
    "struck-cell": (
        N_("A cell is struck out"),
        N_(
            'What stands here is struck out: "{value}". Write what is right, or take the stroke '
            "away."
        ),
    ),
    "row-too-long": (
        N_("A row has more cells than there are headings"),
        N_(
            'Under the headings there is no place for "{value}". If a comma within a number or a '
            "text has made two cells of one, put that text in quotation marks; else give the "
            "column a heading. Then send the file again."
        ),
    ),
    "amount-cut": (
        N_("An amount may have been cut at its comma"),
        N_(
            'Behind the amount "{value}" stands "{next}" where other rows have nothing of the '
            "kind: a comma may have made two cells of one number. Put the number in quotation "
            "marks, or save the list as .xlsx, and send the file again."
        ),
    ),
    "rows-in-cell": (
        N_("A cell holds further rows"),
        N_(
            'A quotation mark makes one cell of several lines of the file: "{value}". Take that '
            "mark out of the file and send it again."
        ),
    ),
    "struck-text": (
        N_("A part of a cell is struck out or cannot be seen"),
        N_('A part of "{value}" is struck out or cannot be seen. Write what is right.'),
    ),
}
#: What a person should look at. Codes, each with its title and its message.
_WARNINGS = {
    # About a sheet as a whole.
    "total-mismatch": (
        N_("A stated total differs"),
        N_(
            'The sheet says "{value}", the rows above add up to {sum}. Correct the total or the '
            "rows, or confirm that the rows are right."
        ),
    ),
    "days-long-past": (
        N_("Days long past"),
        N_(
            "Rows of days more than {days} days before the sheet was sent: {count}, from {first} "
            "to {last}. They change months that are long past; check the year."
        ),
    ),
    "hidden-row": (
        N_("A hidden row is counted"),
        N_("This row is hidden in the workbook and is read all the same. Show it, or delete it."),
    ),
    "struck-row": (
        N_("A row is struck out"),
        N_("This row is struck out in the sheet. It counts, as was answered."),
    ),
    "unseen-text": (
        N_("Something that nobody can see is read"),
        N_(
            "Nobody can see what stands here, by its colour, its size or its format: "
            '"{value}". It is read all the same.'
        ),
    ),
    "hidden-column": (
        N_("A hidden column is read"),
        N_("This column is hidden in the workbook and is read all the same."),
    ),
    "hidden-sheet": (
        N_("The workbook has a hidden sheet"),
        N_('The sheet "{hidden}" is hidden. Show or delete it, so that everybody sees the same.'),
    ),
    "sheet-left-out": (
        N_("Another sheet holds a list that was not taken"),
        N_(
            'The sheet "{other}" was not read. If people are listed there, send the file again for '
            "it, or take all lists together."
        ),
    ),
    "macro-tab": (
        N_("A tab holds macros"),
        N_('The tab "{tab}" holds macros and no list. It was left out, and nothing of it was run.'),
    ),
    "letters-mended": (
        N_("Letters were mended"),
        N_(
            "Another program had garbled the letters beyond A to Z, such as é as Ã©. They were "
            "put right in {count} places. Check the names."
        ),
    ),
    "unit-converted": (
        N_("Amounts were multiplied"),
        N_(
            "The amounts are in another unit: each was multiplied by {times} and is kept in "
            "{currency}."
        ),
    ),
    "amount-of-one": (
        N_("Amounts for one person or piece"),
        N_(
            "By its heading each amount is for one person or piece. It is taken for the whole row, "
            "as was answered."
        ),
    ),
    "rounded-amounts": (
        N_("Amounts are seen rounded"),
        N_(
            "{count} amounts have more decimals than their format shows: as seen, the column comes "
            "to {shown}; as it is read, to {sum}. Write into the cells what was given."
        ),
    ),
    "named-total": (
        N_("A sum under a name"),
        N_(
            'This row was taken for a total: its amount is the sum of the rows above, and "{value}"'
            " has no number and no day. Write a number beside it if it is a person."
        ),
    ),
    "column-unheaded": (
        N_("Numbers without a heading"),
        N_(
            "Column {value} has no heading and holds numbers beside people ({values}), {count} in "
            "all. They are not read: write a heading above them if they count."
        ),
    ),
    "rows-skipped": (
        N_("A row was left out"),
        N_(
            'This row was not taken over: it begins with "{value}" and names nobody or stands '
            "below the end of the list. Move it into the list if it belongs there."
        ),
    ),
    "household-member": (
        N_("A row is a member of a household"),
        N_("This person belongs to the household above and was not paid by a row of their own."),
    ),
    "currency-foreign": (
        N_("Another currency than the programme's"),
        N_("There are amounts in {value}; the programme is in {currency}. Is it the right one?"),
    ),
    "currency-assumed": (
        N_("The currency is the programme's"),
        N_(
            "Nothing in the sheet says which currency the amounts are in. They are taken for "
            "{currency}, the programme's currency."
        ),
    ),
    "template-elsewhere": (
        N_("A template of somewhere else"),
        N_(
            "The template was made for {made_for}, and the sheet was sent for {sent_for}. If that "
            "is not meant, withdraw it and send it for the right one."
        ),
    ),
    "field-list-altered": (
        N_("The field list was altered inside"),
        N_(
            "What this field list says of itself is not what was written into it. Take the list "
            "anew and copy what was filled in, or confirm that the rows are right."
        ),
    ),
    "list-outdated": (
        N_("The list was changed since"),
        N_(
            "This field list is of version {made} of the list, which is at version {now} by now. "
            "Check the rows that differ."
        ),
    ),
    "list-row-missing": (
        N_("Rows of the field list are missing"),
        N_(
            "Put the rows back, or confirm. People of the field list without a row: {count}. They "
            "stay without an answer: {numbers}."
        ),
    ),
    # What somebody should look at in a row that can be posted.
    "less-than-planned": (
        N_("Less than planned"),
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "more-than-planned": (
        N_("More than planned"),
        N_("{given} was given, {planned} was planned. Correct the amount if it is a slip."),
    ),
    "locked-cell-changed": (
        N_("A locked cell was changed"),
        N_('Here stood "{before}" when the list was written, now it is "{value}". Put it back.'),
    ),
    "list-row-added": (
        N_("A row was added to the field list"),
        N_('"{value}" was not in the field list as it was written. Check who this is.'),
    ),
    "plan-changed": (
        N_("The plan for this person changed"),
        N_("{before} was planned for {value} when this list was written; now it is {now}."),
    ),
    "possible-duplicate": (
        N_("Perhaps the same twice"),
        N_('"{value}" stands already in row {other_row}, with another day or amount. Check both.'),
    ),
    "rest-returned": (
        N_("Perhaps only what nobody collected"),
        N_(
            "Leave this row out if it is about the {rest} that nobody collected: that money was "
            "never paid. Confirm it if {value} came back from the person."
        ),
    ),
    "voucher-in-parts": (
        N_("The voucher is claimed in parts"),
        N_(
            'The voucher "{value}" stands already in row {other_row}, with another day or amount. '
            "Both are taken as parts of its value. Check both."
        ),
    ),
    "identity-differs": (
        N_("Another person under this number"),
        N_('"{value}" is registered as {registered}, here it is {here}. Is it the same person?'),
    ),
    "paid-by-provider": (
        N_("A provider may be paying this person"),
        N_(
            "Name the round, if this is for the same, so that nobody is paid twice: payment list "
            '{list} of round {round} pays "{value}", and has no answer yet.'
        ),
    ),
    "household-differs": (
        N_("Another household size"),
        N_(
            'The household of "{value}" was {before} when it was last recorded, here it is {now}. '
            "Correct the number if it is a slip; the person stays the same."
        ),
    ),
    "collects-for-many": (
        N_("One person collects for many"),
        N_('"{value}" collected for {count} people. Check who is entitled to collect for them.'),
    ),
    "collector-unexplained": (
        N_("Another person collected"),
        N_('"{value}" collected for somebody else. Write the relation, or on whose authority.'),
    ),
    "minor-collected": (
        N_("A minor heads the household"),
        N_('"{value}" was under 18 on {day} and collected alone. Write on whose authority.'),
    ),
    "mark-not-witnessed": (
        N_("Nobody witnessed it"),
        N_("Write who witnessed the thumbprint, or the hand-out without a mark."),
    ),
    "mixed-letters": (
        N_("Letters that look alike"),
        N_(
            '"{value}" has letters of another alphabet that look like the usual ones. Type it '
            "again in one alphabet."
        ),
    ),
    "document-shared": (
        N_("The document of somebody registered"),
        N_(
            'The document "{value}" is registered for {other}. If it is the same person, write '
            "that number."
        ),
    ),
    "phone-shared": (
        N_("Several people with one phone"),
        N_('The phone number "{value}" is registered for somebody else too.'),
    ),
    "person-not-active": (
        N_("The person is deceased or has moved"),
        N_('"{value}" is deceased or has moved since {day}. Check who received.'),
    ),
    "not-approved": (
        N_("The form was not approved"),
        N_('The form is marked "{value}" in KoboToolbox, not approved.'),
    ),
    "receipt-remark": (
        N_("A remark beside a yes"),
        N_('Another cell says that it was received; here stands "{value}". Check that both hold.'),
    ),
    "rows-explained": (
        N_("A line about people who did not receive"),
        N_('"{value}": the sender answered that these rows are meant: {rows} (0: none).'),
    ),
    "receipt-explained": (
        N_("A remark the sender explained"),
        N_('"{value}" does not mean that it was not received: so the sender answered.'),
    ),
    "voucher-in-store": (
        N_("The voucher is still in store"),
        N_(
            'By book {book} no team has taken the voucher "{value}". Record who took it, or '
            "confirm that it was handed out."
        ),
    ),
}
#: What is good to know. Codes, each with its title and its message.
_INFOS = {
    "bare-total": (
        N_("A sum without a word for it"),
        N_('This row names nobody, and "{value}" is the sum of the rows above: it is a total.'),
    ),
    "planned-amount-taken": (
        N_("The planned amount is taken"),
        N_(
            "Rows that were received and whose amount is blank: {count}. The planned amount is "
            "taken. Write the amount where another one was given."
        ),
    ),
    "macros-not-run": (
        N_("The workbook has macros"),
        N_("The workbook has macros. They were not run and not looked at; its cells were read."),
    ),
    "encoding-found": (
        N_("The encoding was found by the letters"),
        N_(
            "The file does not say how its letters are encoded. They were read as {encoding}. "
            'Check the names; if letters are wrong, save it in Excel as "CSV UTF-8" or .xlsx.'
        ),
    ),
    "looks-unread": (
        N_("How the cells look was not read"),
        N_(
            "In a file of this kind it is not seen what is struck out, hidden or white, and which "
            "number formats cells have. Save it as .xlsx and send that, if any of it matters."
        ),
    ),
    "column-unknown": (
        N_("A column is not taken over"),
        N_('The heading "{value}" is not known; what stands in this column is not taken over.'),
    ),
    "answered-before": (
        N_("Told before"),
        N_(
            '"{value}" was answered the same in row {other_row} of sheet {sheet_id}, and is not '
            "posted again."
        ),
    ),
}
CATALOGUE: dict[str, CatalogueEntry] = {
    code: CatalogueEntry(title, level, template)
    for level, texts in ((ERROR, _ERRORS), (CELL, _CELLS), (WARNING, _WARNINGS), (INFO, _INFOS))
    for code, (title, template) in texts.items()
}
#: What a provider reported before, as a message names it.
ANSWERS: dict[str, str] = {
    "available": N_("available"),
    "paid": N_("paid"),
    "collected": N_("collected"),
    "failed": N_("failed"),
    "expired": N_("expired"),
    "returned": N_("returned"),
}


#: The text instead where the other row is known, in this sheet or another.
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

#: The text instead where a detail of this name is known.
NARROWER: dict[str, str] = {
    "left_out": N_("This row is struck out in the sheet. It is left out, as was answered."),
    "multiplied_by": N_('Each amount is multiplied by "{multiplied_by}", as was answered.'),
    "taken_off": N_(
        "{before} was planned for {value} when this list was written; since then the person was "
        "taken off the list."
    ),
    "payments": N_(
        '{payments} payments fit "{value}". Write the reference that the payment list gives.'
    ),
    "to_phone": N_(
        '{to_phone} payments of the list went to "{value}". Write our reference or the '
        "registration number into the row."
    ),
    "not_posted": N_(
        "The same rows were sent before, as sheet {sheet_id} on {day}. Rows left out then, or "
        "reversed since: {not_posted}. Send those alone, as they should be, in a new file."
    ),
    "passed_over": N_(
        "This column is not taken over: another one holds this, or sheets of this kind need none."
    ),
    "not_in_use_on": N_(
        "{currency} was not in use on {not_in_use_on}. Write the currency that was given, or the "
        "day on which it was."
    ),
    "note_mark": N_(
        'A small sign, like the mark of a note, stands behind the number: "{value}". Write the '
        "number without it."
    ),
    "range_to": N_(
        'The row is about several vouchers: the first is "{value}", the last stands in column '
        "{range_to}. Write one voucher in each row, with its own amount."
    ),
    "as_day": N_(
        '"{value}" is a date or a time, as Excel makes of a number such as 1-2. Format the column '
        "as text and type the number again."
    ),
    "not_whole": N_(
        '"{value}" is no whole number. Format the column as text and type the number again.'
    ),
    "with_note": N_(
        '"{value}" holds a number and a note. Write the number alone, and the note in another '
        "column."
    ),
    "several": N_(
        '"{value}" holds several numbers. Write one number in each row, with its own amount.'
    ),
}
