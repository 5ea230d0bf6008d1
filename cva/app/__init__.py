"""The one place where the parts are put together."""

from cva.app.building import create_app

__all__ = ["create_app"]
