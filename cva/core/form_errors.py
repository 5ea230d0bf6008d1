"""What is wrong in several fields, reported at once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from cva.core.errors import ConflictError, CvaError, InputError, RuleError
from cva.core.money import Money, digits_of, parse

Read = TypeVar("Read")


class FormErrors:
    """Gathers what is wrong field by field."""

    def __init__(self, fields: Mapping[str, list[str]] | None = None) -> None:
        self._fields = {name: list(messages) for name, messages in (fields or {}).items()}
        self._errors: list[CvaError] = []

    def add(self, name: str, message: str) -> None:
        """Note what is wrong in a field, unless something else is known of it already."""
        self._fields.setdefault(name, [message])

    def read(self, name: str, reader: Callable[[], Read], otherwise: Read) -> Read:
        """What a field says; what is wrong in it is noted, and ``otherwise`` is taken for it."""
        try:
            return reader()
        except (InputError, RuleError, ConflictError) as error:
            self._errors.append(error)
            for field, messages in (error.fields or {name: [str(error)]}).items():
                self._fields.setdefault(field, list(messages))
            return otherwise

    def money(self, amount: str, currency: str) -> Money:
        """An amount in a currency, from these two fields; zero where it cannot be read."""
        code = currency.strip().upper()
        is_known = self.read("currency", lambda: digits_of(code) >= 0, otherwise=False)
        # Without one, a currency with two digits stands for it, so that both faults are told.
        read = self.read("amount", lambda: parse(amount, code if is_known else "USD"), None)
        return Money(code, read.minor if read else 0)

    def refuse(self) -> None:
        """Report all that was noted; a single fault stays the error that it was.

        Raises:
            InputError: Something is wrong; ``fields`` says where.
            RuleError: One thing is, and a rule of the ledger forbids it.
            ConflictError: One thing is, and it is there already.
        """
        texts = [text for messages in self._fields.values() for text in messages]
        if not texts:
            return
        message = " ".join(dict.fromkeys(texts))
        if len(texts) == len(self._errors) == 1:
            raise type(self._errors[0])(message, self._fields, code=self._errors[0].code)
        raise InputError(message, self._fields)
