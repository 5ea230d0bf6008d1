"""The JSON interface: read the request, call one service, answer."""

from cva.api.figures import endpoints as figures
from cva.api.mending import endpoints as mending
from cva.api.page import page
from cva.api.providers import endpoints as providers
from cva.api.sheets import endpoints as sheets
from cva.api.template import endpoints as template

#: Described in the interface's own document.
endpoints = (sheets, mending, template, providers, figures)

__all__ = ["endpoints", "page"]
