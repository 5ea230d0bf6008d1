"""The month's picture, drawn on the server as SVG: no script in the page, readable in grey."""

import json
from functools import lru_cache

import vl_convert
from babel.dates import format_date

from cva.core.i18n import gettext as _
from cva.core.i18n import language
from cva.reports.figures import Figures

_ACCENT, _SECOND = "#1f6f8b", "#9cc3cf"


def months_chart(figures: Figures) -> str:
    """Transfers and vouchers of twelve months as columns.

    The numbers stand in the table beneath it; to a screen reader the picture is one label.
    """
    names = {"transfers": _("Cash transfers"), "vouchers_issued": _("Vouchers handed out")}
    values: list[dict[str, object]] = []
    for count in figures.months:
        month = format_date(count.month.first, "LLL yy", locale=language())
        values += [
            {"month": month, "what": name, "count": getattr(count, field) or 0}
            for field, name in names.items()
        ]
    return _draw(json.dumps(_spec(values, list(names.values())), sort_keys=True))


def _spec(values: list[dict[str, object]], names: list[str]) -> dict[str, object]:
    axis = {"labelFontSize": 12, "title": None, "domain": False, "ticks": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": _("Cash transfers and vouchers handed out in twelve months"),
        "width": 640,
        "height": 180,
        "background": "transparent",
        "data": {"values": values},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": None,
                # The year stands beneath its month: months are long in some languages.
                "axis": {**axis, "labelAngle": 0, "labelExpr": "split(datum.label, ' ')"},
            },
            "y": {
                "field": "count",
                "type": "quantitative",
                "axis": {**axis, "gridOpacity": 0.4, "tickCount": 4, "format": ",d"},
            },
            "color": {
                "field": "what",
                "type": "nominal",
                "sort": names,
                "scale": {"domain": names, "range": [_ACCENT, _SECOND]},
                "legend": {
                    "orient": "top",
                    "direction": "vertical",
                    "title": None,
                    "labelFontSize": 13,
                },
            },
            "order": {"field": "what"},
        },
        "config": {"view": {"stroke": None}, "font": "system-ui, sans-serif"},
    }


@lru_cache(maxsize=256)
def _draw(spec: str) -> str:
    """The same numbers make the same picture, so it is drawn once."""
    return str(vl_convert.vegalite_to_svg(spec))
