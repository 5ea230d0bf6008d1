"""Who signs in."""

from cva.core.i18n import N_
from cva.core.input_schema import InputSchema, Text


class SignInSchema(InputSchema):
    """Address and password; the password is taken as it is typed."""

    email = Text(
        N_("E-mail"), control="email", required=True, attributes={"autocomplete": "username"}
    )
    password = Text(
        N_("Password"),
        control="password",
        required=True,
        attributes={"autocomplete": "current-password"},
    )
    next = Text()
