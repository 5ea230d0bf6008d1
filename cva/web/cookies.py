"""The two cookies: who is signed in, and what ties a form to its page."""

from flask import Response

from cva.core.settings import Settings

_SIGNED_IN = "signed-in"


def cookie_name(settings: Settings, name: str) -> str:
    """A cookie's name; over TLS with the prefix that binds it to this host."""
    return f"__Host-cva-{name}" if settings.is_secure else f"cva-{name}"


def signed_in_cookie(settings: Settings) -> str:
    """The name of the cookie that holds the secret of a signed-in person."""
    return cookie_name(settings, _SIGNED_IN)


def keep_secret(response: Response, settings: Settings, secret: str) -> None:
    """Hand the browser the secret of a new session; it ends with the browser at the latest."""
    response.set_cookie(
        signed_in_cookie(settings),
        secret,
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="Lax",
    )


def forget_secret(response: Response, settings: Settings) -> None:
    """Take the secret from the browser again."""
    response.delete_cookie(
        signed_in_cookie(settings),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="Lax",
    )
