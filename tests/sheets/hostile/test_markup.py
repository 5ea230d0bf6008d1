import socket

import pytest

from tests.sheets.hostile.case import is_refused
from tests.sheets.hostile.markup import CASES, page
from tests.sheets.hostile.measuring import is_small
from tests.sheets_made import checked, refusal


@pytest.mark.parametrize("name", CASES)
def test_hostile_markup_is_refused(name: str) -> None:
    is_refused(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if "rows" in name or "each" in name])
def test_hostile_markup_takes_little_memory(name: str) -> None:
    is_small(CASES[name])


def test_nothing_that_a_page_points_to_is_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        above = f'<script src="{address}"></script><link href="{address}"><img src="{address}">'
        assert refusal(checked(page("<tr><td>x", above), "list.xls")) == "no-heading-row"
        with pytest.raises(TimeoutError):
            server.accept()
