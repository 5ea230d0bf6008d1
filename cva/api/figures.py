"""Figures of a month, and control totals."""

from typing import Any

from flask import g
from flask_smorest import Blueprint

from cva.api.figures_schemas import (
    FiguresSchema,
    MonthOfAllQuerySchema,
    MonthQuerySchema,
    TogetherSchema,
    TotalsQuerySchema,
    TotalsSchema,
)
from cva.core.dates import Month
from cva.core.db import reading
from cva.core.permissions import Permission, needs
from cva.reports.control_totals import control_totals
from cva.reports.disclosure_control import figures_shown
from cva.reports.multi_society import figures_together
from cva.reports.schemas import figures_json, together_json, totals_json
from cva.societies import service as societies

endpoints = Blueprint("Figures", __name__, url_prefix="/api/v1", description=__doc__)


@endpoints.get("/figures")
@needs(Permission.SEE_FIGURES)
@endpoints.arguments(MonthQuerySchema, location="query")
@endpoints.response(200, FiguresSchema)
def figures(asked: dict[str, Any]) -> dict[str, Any]:
    """The figures of a society in a month: people each once, amounts per currency."""
    with reading(g.ledger.engine, g.actor) as session:
        society_id = societies.find_society(session, asked["society"]).id
        return figures_json(figures_shown(session, society_id, Month.parse(asked["month"])))


@endpoints.get("/figures/together")
@needs(Permission.SEE_FIGURES)
@endpoints.arguments(MonthOfAllQuerySchema, location="query")
@endpoints.response(200, TogetherSchema)
def together(asked: dict[str, Any]) -> dict[str, Any]:
    """A month of every society whose figures you may see, side by side and together."""
    with reading(g.ledger.engine, g.actor) as session:
        return together_json(figures_together(session, Month.parse(asked["month"])))


@endpoints.get("/totals")
@needs(Permission.SEE_TOTALS)
@endpoints.arguments(TotalsQuerySchema, location="query")
@endpoints.response(200, TotalsSchema)
def totals(asked: dict[str, Any]) -> dict[str, Any]:
    """Control totals: what was sent, left out, posted and booked, and whether it ties."""
    with reading(g.ledger.engine, g.actor) as session:
        society_id = societies.find_society(session, asked["society"]).id
        return totals_json(control_totals(session, society_id, asked["first"], asked["last"]))
