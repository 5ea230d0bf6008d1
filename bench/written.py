"""One table written by every library and program that is here, and read: is it the same each time?

    python bench/written.py [--keep FOLDER]

Writers are those of npm, PyPI and Perl, Apache POI, LibreOffice and Gnumeric
(``bench/README.md`` says how to install them); what this machine lacks is named. Ends with status
1 where a file reads other than it was written.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cva.sheets.checking.check import check
from cva.sheets.checking.checked import Checked
from cva.sheets.files.limits import Limits
from cva.sheets.findings.finding import message
from cva.sheets.vocabulary.choices import Choices

HERE = Path(__file__).parent / "written"
TABLE = {
    "heads": ["Registration number", "Family name", "Distribution date", "Amount", "Currency"],
    "rows": [
        ["00123", "Пример Анна", "2025-03-14", 1250.5, "USD"],
        ["R-2", "مثال علي", "2025-03-15", 99, "USD"],
        ["R-3", "Élise & <Co>", "2025-12-31", 0.07, "USD"],
    ],
}
SECONDS = 180
#: By program the formats that it is asked for; each from what another library wrote.
OFFICE = ("xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "xml:MS Excel 2003 XML", "ods", "html",
          "csv:Text - txt - csv (StarCalc):44,34,76")  # fmt: skip
GNUMERIC = {
    "xlsx": "Gnumeric_Excel:xlsx", "xlsx2.xlsx": "Gnumeric_Excel:xlsx2",
    "xls": "Gnumeric_Excel:excel_biff8", "biff7.xls": "Gnumeric_Excel:excel_biff7",
    "ods": "Gnumeric_OpenCalc:odf", "strict.ods": "Gnumeric_OpenCalc:openoffice",
    "html": "Gnumeric_html:html40", "32.html": "Gnumeric_html:html32",
    "xhtml.html": "Gnumeric_html:xhtml", "csv": "Gnumeric_stf:stf_csv",
}  # fmt: skip
#: What a writer itself loses: letters beyond its code page, a sign that it escapes twice.
LOST = {
    "gnumeric.biff7.xls": "letters", "xlsx-biff5.xls": "letters", "pylightxl.xlsx": "the sign &",
    "gnumeric.csv": "0.07 is written with twenty digits",
}  # fmt: skip
POI = Path("/usr/share/java")
SOURCE = "xlsxwriter.xlsx"


def _said(command: list[str]) -> dict[str, str]:
    """What a script of ours says is missing; the script itself where its program is."""
    if shutil.which(command[0]) is None:
        return {command[0]: "not installed"}
    done = subprocess.run(
        command, input=json.dumps(TABLE).encode(), capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        return {Path(command[1]).name: (lines or ["it failed"])[-1][:120]}
    return dict(json.loads(done.stdout.decode().strip().splitlines()[-1]))


def _office(folder: Path) -> dict[str, str]:
    program = shutil.which("soffice")
    if program is None:
        return {"LibreOffice": "not installed"}
    for wanted in OFFICE:
        out = folder / "converted"
        subprocess.run(
            [program, "--headless", f"-env:UserInstallation=file://{folder / 'profile'}",
             "--convert-to", wanted, "--outdir", str(out), str(folder / SOURCE)],
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        for made in out.glob("*"):
            made.rename(folder / f"libreoffice.{made.suffix[1:]}")
    return {}


def _gnumeric(folder: Path) -> dict[str, str]:
    program = shutil.which("ssconvert")
    if program is None:
        return {"Gnumeric": "not installed"}
    for ending, kind in GNUMERIC.items():
        subprocess.run(
            [program, "-T", kind, str(folder / SOURCE), str(folder / f"gnumeric.{ending}")],
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    return {}


def _poi(folder: Path) -> dict[str, str]:
    jars = [str(jar) for jar in sorted(POI.glob("*.jar"))]
    if shutil.which("java") is None or not any("poi-ooxml" in jar for jar in jars):
        return {"Apache POI": "not installed"}
    return _said(["java", "-cp", ":".join(jars), str(HERE / "Write.java"), str(folder)])


def _write(folder: Path) -> dict[str, str]:
    python = HERE / ".venv" / "bin" / "python"
    scripts = [
        [str(python if python.exists() else sys.executable), str(HERE / "write.py"), str(folder)],
        ["node", str(HERE / "write.mjs"), str(folder)],
        ["perl", str(HERE / "write.pl"), str(folder)],
    ]
    missing: dict[str, str] = {}
    for script in scripts:
        missing |= _said(script)
    return missing | _poi(folder) | _office(folder) | _gnumeric(folder)


def _differences(found: Checked) -> Iterator[str]:
    if found.refused or len(found.rows) != len(TABLE["rows"]):
        yield message(found.findings[0]) if found.refused else f"{len(found.rows)} rows"
        return
    for row, written in zip(found.rows, TABLE["rows"], strict=True):
        number, name, day, amount, currency = written
        expected = {
            "registration_no": number, "family_name": name, "distribution_date": day,
            "amount_minor": round(float(str(amount)) * 100), "currency": currency,
        }  # fmt: skip
        for field, value in expected.items():
            if row.values.get(field) != value:
                yield f"row {row.number} {field}: {row.values.get(field)!r}, not {value!r}"
        if row.state != "ready":
            yield f"row {row.number} is not ready"


def main() -> None:
    """Write with all, read all, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keep", type=Path)
    kept = asked.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        missing = _write(folder)
        outcomes: Counter[str] = Counter()
        for path in sorted(each for each in folder.iterdir() if each.is_file()):
            found = check(path.read_bytes(), path.name, Choices(today=date(2026, 1, 31)), Limits())
            differences = list(_differences(found))
            lost = LOST.get(path.name, "")
            outcome = "same" if not differences else "lost" if lost else "OTHER"
            outcomes[outcome] += 1
            print(f"{outcome:6} {path.name} {lost}")
            for difference in differences[: 0 if lost else 3]:
                print(f"         {difference}")
    for name, why in missing.items():
        print(f"missing: {name}: {why}")
    print(f"{sum(outcomes.values())} files:", dict(outcomes))
    sys.exit(1 if outcomes["OTHER"] else 0)


if __name__ == "__main__":
    main()
