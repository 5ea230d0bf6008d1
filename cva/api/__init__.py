"""The JSON interface: read the request, call one service, answer."""

from cva.api.corrections import endpoints as corrections
from cva.api.figures import endpoints as figures
from cva.api.page import page
from cva.api.people import endpoints as people
from cva.api.providers import endpoints as providers
from cva.api.reconciliation import endpoints as reconciliation
from cva.api.requests import endpoints as requests
from cva.api.rounds import endpoints as rounds
from cva.api.setup import endpoints as setup
from cva.api.sheets import endpoints as sheets
from cva.api.template import endpoints as template
from cva.api.vouchers import endpoints as vouchers

#: Described in the interface's own document.
endpoints = (
    *(sheets, corrections, template, rounds, reconciliation),
    *(vouchers, providers, people, requests, figures, setup),
)

__all__ = ["endpoints", "page"]
