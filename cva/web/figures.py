"""The month of a society, and of several together."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from sqlmodel import Session
from werkzeug import Response

from cva.core import clock
from cva.core.dates import Month
from cva.core.permissions import Permission
from cva.reports.chart import months_chart
from cva.reports.disclosure_control import figures_shown
from cva.reports.figures import DIMENSIONS
from cva.reports.monthly import last_month_with_figures
from cva.reports.multi_society import figures_together
from cva.societies import service as societies
from cva.societies.models import Society
from cva.web.declaring import Pages, reads
from cva.web.tasks import waiting

pages = Pages("figures", __name__, url_prefix="/figures")


@pages.get("", needs=Permission.SEE_FIGURES)
@reads
def first(session: Session) -> Response:
    """The first society whose figures are open to this person."""
    society = societies.societies_with(session, Permission.SEE_FIGURES)[0]
    return redirect(url_for("figures.show", society_id=society.id))


@pages.get("/<int:society_id>", needs=Permission.SEE_FIGURES)
@reads
def show(session: Session, society_id: int) -> str:
    """The figures of a month; the newest one unless another is asked for."""
    society = societies.get_society(session, society_id)
    month = _month(session, [society])
    found = figures_shown(session, society_id, month)
    return render_template(
        "figures.html",
        waiting=waiting(session),
        society=society,
        societies=societies.societies_with(session, Permission.SEE_FIGURES),
        figures=found,
        dimensions=DIMENSIONS,
        chart=_drawn(months_chart(found)),
    )


@pages.get("/together", needs=Permission.SEE_FIGURES)
@reads
def show_together(session: Session) -> str:
    """A month of every society whose figures are open to this person."""
    listed = societies.societies_with(session, Permission.SEE_FIGURES)
    month = _month(session, listed)
    found = figures_together(session, month)
    return render_template(
        "figures_together.html",
        societies=listed,
        found=found,
        rows=list(zip(listed, found.societies, strict=True)),
    )


def _month(session: Session, listed: Sequence[Society]) -> Month:
    asked = request.args.get("month", "").strip()
    if asked:
        return Month.parse(asked)
    newest = last_month_with_figures(session, [each.id for each in listed])
    return newest or Month.of(clock.today(listed[0].time_zone))


def _drawn(picture: str) -> Markup:
    """The picture as part of the page; all its text is ours. Time runs from left to right."""
    return Markup(picture.replace("<svg ", '<svg direction="ltr" aria-hidden="true" ', 1))  # noqa: S704
