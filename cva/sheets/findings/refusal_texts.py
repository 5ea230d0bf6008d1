"""Why a file or a cell is not taken, in words that say what to do."""

from cva.core.i18n import N_

REASONS: dict[str, str] = {
    "which-word": N_("write one of the words {words}."),
    "which-phone": N_("write a phone number with its country code, such as +254 700 000 000."),
    "which-number": N_("write a whole number."),
    "which-text": N_("write it as text."),
    "nothing-above": N_("nothing of its list stands above it. Write what it stands for."),
    "calendar-hijri": N_("the Hijri calendar"),
    "calendar-islamic": N_("the Hijri or the Jalali calendar"),
    "calendar-buddhist": N_("the Buddhist calendar"),
    "calendar-ethiopian": N_("the Ethiopian calendar"),
    "calendar-nepali": N_("the Nepali calendar (B.S.)"),
    "damaged": N_("it is damaged or incomplete. Save it in Excel and send it again."),
    "damaged-part": N_(
        'its part "{part}" is damaged. Open the file in Excel, save it under another name and '
        "send that."
    ),
    "missing-part": N_(
        'its part "{part}" is missing. Open the file in Excel, save it under another name and '
        "send that."
    ),
    "row-twice": N_("row {part} stands in it twice. Open it in Excel, save it and send it again."),
    "cell-twice": N_("cell {part} stands in it twice. Open it in Excel, save it and send it."),
    "cell-astray": N_(
        "cell {part} stands in another row than its name says. Open it in Excel, save it and "
        "send it."
    ),
    "text-number": N_(
        "cell {part} points to a text that is not there. Open it in Excel, save it and send it."
    ),
    "sheet-twice": N_('two sheets are called "{part}". Rename one of them.'),
    "damaged-sheet": N_(
        'its sheet "{part}" is damaged or incomplete. Save it in Excel and send it again.'
    ),
    "odd-markup": N_(
        'its sheet "{part}" is written in a way that programs read differently. Open it in '
        "Excel, save it and send it."
    ),
    "no-sheets": N_("there is no sheet with cells in it. Put the list on a sheet of its own."),
    "quotes": N_("a quotation mark in line {part} is never closed."),
    "no-text": N_("it is no text file. Save it as an Excel workbook (.xlsx)."),
    "encoding-unknown": N_(
        "its letters make no words in any encoding that is read here. Open it in Excel and save "
        'it as "CSV UTF-8" or as a workbook (.xlsx); whether lines end as on Windows, Linux or a '
        "Mac makes no difference."
    ),
    "encoding-unclear": N_(
        "its letters make words in more than one encoding, so names could be read wrongly. Open "
        'it in Excel and save it as "CSV UTF-8" or as a workbook (.xlsx).'
    ),
    "other-package": N_("its name ends like a workbook, but it is another kind of archive."),
    "is-empty": N_("it is empty. Send it again."),
    "is-pdf": N_("it is a PDF. Send the workbook from which it was made."),
    "is-picture": N_("it is a picture. Send the workbook itself."),
    "is-archive": N_("it is a packed archive. Unpack it and send the workbook in it."),
    "is-old-office": N_(
        "it is an old Excel file under another name. Give it the ending .xls, or save it as .xlsx."
    ),
    "is-package": N_(
        "it is a newer workbook under another name. Give it the ending .xlsx, or save it as .xlsx."
    ),
    "is-page": N_(
        "it is a web page, and no table of it can be read. Download the workbook itself, or open "
        "the page in Excel and save it as .xlsx."
    ),
    "is-xml": N_("it is an XML file of another kind. Open it in Excel and save it as .xlsx."),
    "is-text": N_("it is plain text. Save it as .xlsx, or give it the ending .csv."),
    "is-binary": N_("it is no workbook. Save it in Excel as .xlsx and send that."),
    "file": N_("at most {limit} bytes may come in, it has {had}."),
    "unpacked": N_("unpacked it may have {limit} bytes, it has at least {had}."),
    "parts": N_("it may have {limit} parts, it has {had}."),
    "sheets": N_("it may have {limit} sheets, it has {had}."),
    "rows": N_("a sheet may have {limit} rows, it has at least {had}. Delete what is not needed."),
    "columns": N_("a sheet may have {limit} columns, it has at least {had}."),
    "styles": N_(
        "it may have {limit} formats of cells, it has {had}. Copy the list into a new workbook "
        "and send that."
    ),
    "texts": N_("it may have {limit} different texts, it has {had}."),
    "texts-volume": N_("all its texts together may have {limit} bytes, they have at least {had}."),
    "text": N_("a cell may hold {limit} signs, one has {had}. Shorten it."),
    "line": N_("a cell may hold {limit} signs, one in line {had} has more. Shorten it."),
    "cells": N_("a sheet may have {limit} cells, it has at least {had}."),
    "depth": N_("elements may stand {limit} deep within each other, it has at least {had}."),
    "merged": N_("{limit} cells may be merged, it has at least {had}."),
    "seconds": N_("reading it took longer than {limit} seconds. Split it into several files."),
    "memory": N_("reading it took more than {limit} MiB. Split it into several files."),
    "outside-content": N_(
        'it brings in content from outside ("{part}"). Break the links and remove embedded '
        "objects, then save it as .xlsx."
    ),
    "entities": N_('its part "{part}" declares entities, which no sheet needs.'),
    "odd-encoding": N_('its part "{part}" is written in an encoding that no workbook uses.'),
    "part-twice": N_('it holds the part "{part}" twice.'),
    "part-name": N_('it holds a part with the odd name "{part}".'),
    "packing": N_('its part "{part}" is packed in a way that no workbook uses.'),
}
