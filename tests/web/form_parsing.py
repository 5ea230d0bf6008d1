"""The forms of a finished page, as a browser finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

Attributes = dict[str, str | None]


@dataclass
class FormControl:
    """A field of a form, with the values of its choices, and what was chosen or stands in it."""

    kind: str
    name: str
    attributes: Attributes
    options: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def is_ticked(self) -> bool:
        """Whether it is a box or a circle, and not a text."""
        return self.kind in {"radio", "checkbox"}


@dataclass
class PageForm:
    """A form that is sent, and where to."""

    action: str
    controls: list[FormControl] = field(default_factory=list)


class FormPage(HTMLParser):
    """Finds the forms of a page of ours."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._is_in_form = self._is_in_text = False
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        value = attributes.get("value") or ""
        if tag == "form":
            self._is_in_form = attributes.get("method") == "post"
            if self._is_in_form:
                self.forms.append(PageForm(attributes.get("action") or ""))
        elif not self._is_in_form:
            return
        elif tag == "option":
            control = self.forms[-1].controls[-1]
            control.options.append(value)
            if "selected" in attributes or len(control.options) == 1:
                control.text = value
        elif tag in {"input", "select", "textarea"}:
            kind = (attributes.get("type") or "text") if tag == "input" else tag
            name = attributes.get("name") or ""
            self.forms[-1].controls.append(FormControl(kind, name, attributes, text=value))
            self._is_in_text = tag == "textarea"

    @override
    def handle_data(self, data: str) -> None:
        if self._is_in_text:
            self.forms[-1].controls[-1].text += data

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in_form = False
        elif tag == "textarea":
            self._is_in_text = False
