"""Figures of a month, and control totals."""

from typing import Any

from sqlmodel import Session

from cva.api.endpoints import Endpoints
from cva.api.input_schemas import MonthOfAllQuerySchema, MonthQuerySchema, TotalsQuerySchema
from cva.core.dates import Month
from cva.core.permissions import Permission
from cva.reports.control_totals import ControlTotals, control_totals
from cva.reports.disclosure_control import figures_shown
from cva.reports.figures import Figures
from cva.reports.multi_society import SocietiesTogether, figures_together
from cva.reports.schemas import FiguresSchema, TogetherSchema, TotalsSchema
from cva.societies import service as societies

endpoints = Endpoints("Figures", __name__, __doc__, "")


@endpoints.get("/figures", needs=Permission.SEE_FIGURES)
@endpoints.reads(FiguresSchema, query=MonthQuerySchema)
def figures(session: Session, asked: dict[str, Any]) -> Figures:
    """The figures of a society in a month: people each once, amounts per currency."""
    society_id = societies.find_society(session, asked["society"]).id
    return figures_shown(session, society_id, Month.parse(asked["month"]))


@endpoints.get("/figures/together", needs=Permission.SEE_FIGURES)
@endpoints.reads(TogetherSchema, query=MonthOfAllQuerySchema)
def together(session: Session, asked: dict[str, Any]) -> SocietiesTogether:
    """A month of every society whose figures you may see, side by side and together."""
    return figures_together(session, Month.parse(asked["month"]))


@endpoints.get("/totals", needs=Permission.SEE_TOTALS)
@endpoints.reads(TotalsSchema, query=TotalsQuerySchema)
def totals(session: Session, asked: dict[str, Any]) -> ControlTotals:
    """Control totals: what was sent, left out, posted and booked, and whether it ties."""
    society_id = societies.find_society(session, asked["society"]).id
    return control_totals(session, society_id, asked["first"], asked["last"])
