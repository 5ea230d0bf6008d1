"""Commands in the language that is asked for."""

import json

from cva.core.i18n import language
from tests.cli.conftest import Shell

BAD = """
Reg. No. | Family name | First name | Distribution date | Amount (USD)
A-1      | Doe         | Jane       | 2022-11-07        | ten thousand
"""


def test_a_check_is_told_in_russian(shell: Shell) -> None:
    done = shell("check", shell.file(BAD), "--language", "ru")
    assert done.exit_code == 1
    assert "«ten thousand» — это не сумма." in done.stdout
    assert language() == "en"


def test_codes_stay_as_they_are(shell: Shell) -> None:
    file, told, said = shell.file(BAD), {}, {}
    for code in ("en", "fa"):
        done = shell("check", file, "--language", code, "--json")
        told[code] = json.loads(done.stdout)
        said[code] = [found.pop("message") for found in told[code]["findings"]]
    assert told["en"] == told["fa"]
    assert set(said["en"]).isdisjoint(said["fa"])


def test_a_sheet_is_sent_and_shown_in_french(shell: Shell) -> None:
    place = ("--society", shell.society.code, "--programme", "CASH")
    person = ("--as", shell.society.email("field"))
    sent = shell("sheets", "send", shell.file(BAD), *place, *person, "--language", "fr")
    assert "n’est pas un montant" in sent.stdout
    assert "n’est pas un montant" in shell.ok("sheets", "show", 1, "--language", "fr")
    assert "Tableau 1\u00a0: contrôlé, non soumis." in shell.ok(
        "sheets", "show", 1, "--language", "fr"
    )
    assert "Sheet 1 is checked, not submitted." in shell.ok("sheets", "show", 1)


def test_a_language_without_a_catalogue_is_refused(shell: Shell) -> None:
    done = shell("check", shell.file(BAD), "--language", "tlh")
    assert done.exit_code == 2
    assert "there is no catalogue for it; the languages are en, ar, es, fa, fr, ru" in done.output


def test_other_arguments_are_refused_in_the_language(shell: Shell) -> None:
    done = shell("check", shell.file(BAD), "--set", "currency", "--language", "ru")
    assert done.exit_code == 2
    assert "напишите выбор=ответ" in done.output
    assert language() == "en"
