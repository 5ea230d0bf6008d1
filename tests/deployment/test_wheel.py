"""The wheel, built from here and used outside the repository by an environment of its own."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.house.source import PROJECT
from tests.serving import serving
from tests.templates_filled import fill

#: Amounts have to be above zero, so the second row has a finding.
ROWS = {
    0: {"registration_no": "R-1", "distribution_date": "05.11.2026", "amount": "1500.50"},
    1: {"registration_no": "R-2", "distribution_date": "05.11.2026", "amount": "ten thousand"},
}


@dataclass(frozen=True)
class Installed:
    """A wheel in an environment of its own, and a ledger outside the repository."""

    wheel: Path
    cva: Path
    home: Path

    def run(self, *arguments: str | Path, status: int = 0) -> str:
        """What a command prints."""
        done = subprocess.run(
            [self.cva, *arguments],
            cwd=self.home,
            env={**_without_repository(), "CVA_HOME": str(self.home)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


def _without_repository() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built by the locked hatchling; nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=PROJECT)
    (wheel,) = folder.glob("*.whl")
    environment, home = folder / "environment", folder / "home"
    home.mkdir()
    _python("-m", "venv", "--without-pip", environment, cwd=folder)
    names = {"base": str(environment), "platbase": str(environment)}
    scheme = "venv"
    programs = Path(sysconfig.get_path("scripts", scheme, names))
    _offer_dependencies(Path(sysconfig.get_path("purelib", scheme, names)))
    pip = ("-m", "pip", "--python", programs / f"python{_EXE}", "install", "--quiet")
    _python(*pip, "--no-index", "--no-deps", "--no-compile", wheel, cwd=folder)
    return Installed(wheel, programs / f"cva{_EXE}", home)


_EXE = ".exe" if os.name == "nt" else ""


def _python(*arguments: str | Path, cwd: Path) -> None:
    subprocess.run([sys.executable, *arguments], cwd=cwd, check=True, env=_without_repository())


def _offer_dependencies(site: Path) -> None:
    """By path only: what an editable install adds to it is not followed from there."""
    ours = sysconfig.get_path("purelib")
    (site / "dependencies.pth").write_text(f"{ours}\n", "utf-8")


def test_it_holds_data_licence_and_translations_and_no_tests(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = set(wheel.namelist())
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        fields = message_from_bytes(wheel.read(metadata))
        licence = wheel.read(metadata.replace("METADATA", "licenses/LICENSE"))
    assert licence == (PROJECT / "LICENSE").read_bytes()
    assert fields["License-Expression"] == "Apache-2.0"
    assert {name.partition("/")[0] for name in names} == {"cva", metadata.partition("/")[0]}
    kept = {
        f"cva/{into}{file.relative_to(PROJECT / folder).as_posix()}"
        for folder, into in (("cva", ""), ("imports", "_imports/"), ("migrations", "_migrations/"))
        for file in (PROJECT / folder).rglob("*")
        if file.is_file() and file.suffix not in {".pyc", ".mo", ".pot"}
    }
    assert {name for name in names if name.startswith("cva/")} == kept


def test_it_tells_its_version_and_its_commands(installed: Installed) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert installed.run("--version") == f"cva, version {project['version']}\n"
    assert "templates" in installed.run("--help")


def test_a_ledger_begins_with_it_and_its_pages_answer(installed: Installed) -> None:
    zone = ("--time-zone", "Europe/London")
    installed.run(
        "societies", "add", "EX", "Example", "--country", "GB", "--currency", "USD", *zone
    )
    assert "as it should be" in installed.run("db", "check")
    sheet = installed.home / "hand-out.xlsx"
    of_society = ("--society", "EX", "--language", "fr")
    installed.run("templates", "cash_transfers", *of_society, "-o", sheet)
    sheet.write_bytes(fill(sheet.read_bytes(), "cash_transfers", ROWS))
    assert "«ten thousand» — это не сумма." in installed.run(
        "check", sheet, "--language", "ru", status=1
    )
    here = {"CVA_HOME": str(installed.home)}
    with serving(installed.home, here, cva=[str(installed.cva)]) as address:
        assert "<form" in _read(f"{address}/sign-in")
        assert '"openapi":"3.1.0"' in _read(f"{address}/api/v1/openapi.json").replace(" ", "")
        style = (PROJECT / "cva" / "web" / "static" / "style.css").read_text("utf-8")
        assert _read(f"{address}{_style(_read(f'{address}/sign-in'))}") == style
        assert "swagger" in _read(f"{address}/api/v1/docs/").lower()


def _style(page: str) -> str:
    """Where a page says that its style sheet is."""
    before, _, _ = page.partition('rel="stylesheet"')
    found = page[before.rindex("<link") :]
    return found.partition('href="')[2].partition('"')[0]


def _read(address: str) -> str:
    opener = build_opener(ProxyHandler({}))
    with opener.open(address, timeout=20) as answer:
        text: str = answer.read().decode("utf-8")
    return text


def test_nothing_of_it_comes_from_the_repository(installed: Installed) -> None:
    code = (
        "import cva, sys; from cva.core.migrate import migrations_folder; "
        "from cva.sheets.vocabulary.word_lists import imports_folder; "
        "print(cva.__file__, migrations_folder(), imports_folder(), *sys.path, sep='\\n')"
    )
    python = installed.cva.with_name(f"python{_EXE}")
    done = subprocess.run(
        [python, "-P", "-c", code], cwd=installed.home, check=True, capture_output=True, text=True
    )
    package, migrations, imports, *path = done.stdout.splitlines()
    folder = str(Path(package).parent)
    assert str(installed.home.parent) in folder
    assert (migrations, imports) == (f"{folder}{os.sep}_migrations", f"{folder}{os.sep}_imports")
    assert str(PROJECT) not in path
