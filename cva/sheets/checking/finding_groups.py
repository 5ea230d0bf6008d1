"""The same fault in many cells as one: what it is, where it is, and what would mend all of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from cva.core.i18n import gettext as _
from cva.core.i18n import ngettext
from cva.sheets.checking.cures import cures_for, value_kind
from cva.sheets.files.cell_addresses import runs_text
from cva.sheets.findings.finding import Finding, message, text_of, title
from cva.sheets.vocabulary.layouts import kind_names, layout_of

#: So many cells that say different things are told one by one.
MOST_TOLD_APART = 3


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings about cells that have the same fault.

    Attributes:
        key: What the group is called by, which shows nothing of its cells.
        words: What its cells have in common: their word, or the words around their numbers.
        cures: What would mend all of its cells at once.
    """

    key: str
    words: str
    findings: Sequence[Finding]
    cures: Sequence[str]

    @property
    def first(self) -> Finding:
        """The topmost, which stands for all in what they share."""
        return self.findings[0]

    @property
    def count(self) -> int:
        """How many cells have the fault."""
        return len(self.findings)

    @property
    def cells(self) -> str:
        """Where they are, such as D2:D9, D12."""
        return runs_text((one.sheet or "", one.cell) for one in self.findings if one.cell)

    @property
    def _names_each(self) -> bool:
        """Whether each of its findings has a message of its own."""
        if self.count == 1:
            return True
        return self.count <= MOST_TOLD_APART and len({*map(text_of, self.findings)}) == self.count

    @property
    def says_all(self) -> bool:
        """Whether its messages leave nothing to say of a single cell but what stands in it."""
        texts = {text_of(replace(one, value="")) for one in self.findings}
        return self._names_each or len(texts) == 1

    @property
    def messages(self) -> Sequence[str]:
        """One for all of them; few that say different things are told one by one."""
        if self._names_each:
            return [message(one) for one in self.findings]
        texts, first = list(dict.fromkeys(map(text_of, self.findings))), self.first
        text = texts[0]
        if len(texts) > 1:
            text = _("{title} – for example {cell}: {text}").format(
                title=title(first.code), cell=first.cell, text=text
            )
        heading = " ".join((first.heading or "").split())
        place = f"{self.cells} ({heading})" if heading else self.cells
        where = ngettext("{count} cell, {place}", "{count} cells, {place}", self.count)
        where = where.format(count=self.count, place=place)
        return [_("{where}: {said}").format(where=where, said=text)]


def groups_of(
    findings: Iterable[Finding], kind: str | None, fields: Collection[str]
) -> list[FindingGroup]:
    """The findings about a sheet, those with the same fault as one, in their order.

    Args:
        findings: What was found.
        kind: The kind of the sheet, where it is known.
        fields: The fields that the sheet has.
    """
    types = layout_of(kind).types if kind in kind_names() else {}
    found: dict[tuple[str, ...], list[Finding]] = {}
    for at, one in enumerate(findings):
        value = value_kind(one, types.get(one.field or "", ""))
        # What is about no cell of a row stands alone.
        alone = "" if one.cell and one.row else str(at)
        key = (*value, one.severity, one.code, one.field or "", one.heading or "", alone)
        found.setdefault(key, []).append(one)
    return [_group(key, members, types, fields) for key, members in found.items()]


def _group(
    key: tuple[str, ...],
    members: Sequence[Finding],
    types: Mapping[str, str],
    fields: Collection[str],
) -> FindingGroup:
    first, kind = members[0], types.get(members[0].field or "", "")
    value = value_kind(first, kind)
    return FindingGroup(
        key=sha256("\n".join(key).encode()).hexdigest()[:8],
        words=value.words,
        findings=members,
        cures=cures_for(first, kind, value, fields) if first.cell and first.row else (),
    )
