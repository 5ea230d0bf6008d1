"""The one place where the parts are put together."""

from cva.app.factory import create_app

__all__ = ["create_app"]
