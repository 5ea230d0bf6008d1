"""The page that describes the interface: Swagger UI's own files, with our start script."""

from pathlib import Path

from flask import Blueprint, render_template, send_from_directory
from flask_swagger_ui import __file__ as swagger_package
from werkzeug.wrappers import Response

from cva.core.permissions import OPEN, RoutesByRight

_DIST = Path(swagger_package).parent / "dist"
_FILES = {"swagger-ui.css", "swagger-ui-bundle.js"}


class _Pages(RoutesByRight, Blueprint):  # type: ignore[misc]
    """Pages beside the endpoints."""


page = _Pages(
    "api_page",
    __name__,
    url_prefix="/api/v1/docs",
    template_folder="templates",
    static_folder="static",
)


@page.get("/", needs=OPEN)
def show() -> str:
    """The interface, to read and to try."""
    return render_template("api_page.html")


@page.get("/<name>", needs=OPEN)
def file(name: str) -> Response:
    """One of Swagger UI's files."""
    return send_from_directory(_DIST, name if name in _FILES else "missing")
