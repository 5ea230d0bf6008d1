"""Who signs in, and with which password from now on."""

from cva.core.i18n import N_
from cva.core.input_schema import Choice, InputSchema, RecordNumber, Text
from cva.core.permissions import Role


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


class NewPasswordSchema(InputSchema):
    """A new password, as it is typed; twice, as nobody sees it."""

    new_password = Text(
        N_("New password"),
        hint=N_("12 characters at least; four words are easy to keep in mind"),
        control="password",
        required=True,
        attributes={"autocomplete": "new-password"},
    )
    again = Text(
        N_("New password once more"),
        control="password",
        required=True,
        attributes={"autocomplete": "new-password"},
    )


class ChangePasswordSchema(NewPasswordSchema):
    """The password of today, and a new one."""

    password = Text(
        N_("Password of today"),
        control="password",
        required=True,
        attributes={"autocomplete": "current-password"},
    )


class RoleSchema(InputSchema):
    """A role in a society."""

    society = RecordNumber(required=True)
    role = Choice("", list(Role), required=True)
