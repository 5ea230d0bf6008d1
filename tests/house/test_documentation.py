"""What the documentation points to is there, and what it says to type can be typed."""

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import click
import pytest

from cva.__main__ import main
from tests.house.source import PROJECT, files_of

FOLDERS = ("docs", "imports", "bench", "deploy", ".github")
PAGES = sorted(
    [*PROJECT.glob("*.md"), *(page for each in FOLDERS for page in files_of(each, "*.md"))]
)
#: How many words the first page may have before somebody moves some into docs/.
FIRST_PAGE_WORDS = 750

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\[(?:[^\]\n]|\n(?!\n))*\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"(?:^|[`/]|exec ledger )cva ([^`\n]*)", re.MULTILINE)


def _name(page: Path) -> str:
    return page.relative_to(PROJECT).as_posix()


def _read(page: Path) -> str:
    return page.read_text("utf-8")


def anchors(text: str) -> set[str]:
    """The headings of a page as addresses: small letters, no marks, hyphens for spaces."""
    headings = re.findall(r"^#{1,6} (.+)$", _FENCED.sub("", text), re.MULTILINE)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", each) for each in headings)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in plain}


def dead_links(page: Path) -> Iterator[str]:
    """The links of a page that lead nowhere; addresses of other hosts are not asked."""
    for link in _LINK.findall(_CODE.sub("", _FENCED.sub("", _read(page)))):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(_read(target))):
            yield link


def commands(text: str) -> Iterator[str]:
    """What a page says to type after ``cva``, in code only and without what is remarked on it."""
    for code in (*_FENCED.findall(text), *_CODE.findall(_FENCED.sub("", text))):
        for found in _COMMAND.findall(code):
            line = re.split(r"\s#|\s\.\.\.| [|>] ", found)[0].strip()
            if re.match(r"[a-z-]", line):
                yield line


def fault_of(line: str) -> str | None:
    """Why a command cannot be typed so."""
    words = shlex.split(line)
    command: click.Command = main
    while words and isinstance(command, click.Group):
        if words[0].startswith("-"):
            break
        name = words.pop(0).rstrip(",.:;)")
        if name not in command.commands:
            return f"cva {line}: there is no {name}"
        command = command.commands[name]
    known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    given = takewhile(lambda word: word != "--", words)
    strange = [word for word in given if word.startswith("-") and word.split("=")[0] not in known]
    unknown = [word for word in strange if word not in {"--help", "-"}]
    return f"cva {line}: there is no {', '.join(unknown)}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    assert list(dead_links(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_can_be_typed(page: Path) -> None:
    faults = [fault_of(line) for line in commands(_read(page))]
    assert [fault for fault in faults if fault] == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A page, of `code`\n[a](#a-page-of-code) [b](#another) [c](gone.md)\n"
        "[two\nlines](gone.md#a) "
        "[d](page.md#a-page-of-code) [e](https://example.org/) `[f](code.md)`\n"
        "```\n# no heading\n[g](code.md)\n```\n[h](#no-heading)\n",
        "utf-8",
    )
    assert list(dead_links(page)) == ["#another", "gone.md", "gone.md#a", "#no-heading"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("`cva sheets send FILE --submit`", None),
        ("`cva sheets sent FILE`", "cva sheets sent FILE: there is no sent"),
        ("```\ncva verify  # remark\n/opt/cva/bin/cva serv\n```", "cva serv: there is no serv"),
        ("`cva serve --prot 1`", "cva serve --prot 1: there is no --prot"),
    ],
)
def test_a_command_that_is_not_there_is_seen(text: str, fault: str | None) -> None:
    faults = [found for line in commands(text) if (found := fault_of(line))]
    assert faults == ([fault] if fault else [])


def test_the_first_page_is_short_and_has_the_two_commands() -> None:
    text = _read(PROJECT / "README.md")
    assert len(text.split()) <= FIRST_PAGE_WORDS
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    assert {"python3 start.py", "python3 start.py test"} <= set(lines)
    assert set(commands(text)), "the first page shows no command"


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in _LINK.findall(_read(page))
        if not re.match(r"[a-z]+:|#", link)
    }
    lone = [_name(page) for page in PAGES if page.resolve() not in linked]
    decisions = "docs/decisions/"  # the folder is what is linked
    assert [name for name in lone if not name.startswith(decisions)] == ["README.md"]
