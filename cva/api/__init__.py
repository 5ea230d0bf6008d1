"""The JSON interface: read the request, call one service, answer."""

from cva.api.figures import endpoints as figures
from cva.api.mending import endpoints as mending
from cva.api.page import page
from cva.api.sheets import endpoints as sheets

#: Described in the interface's own document.
endpoints = (sheets, mending, figures)

__all__ = ["endpoints", "page"]
