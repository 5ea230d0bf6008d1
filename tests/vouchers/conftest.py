"""A society with vendors, a book of vouchers and some of them handed out."""

import pytest

from tests.makers import AtWork
from tests.vouchers.shop import Shop


@pytest.fixture
def shop(society: AtWork) -> Shop:
    """Book ``A`` (A-001 to A-100 of 500.00 RUB, good until 2022-12-31), nothing handed out."""
    made = Shop(society)
    made.add_vendor("V1", "Corner Shop")
    made.add_vendor("V2", "Market Hall")
    made.add_book("A", "A-001", "A-100", face="500", expires="2022-12-31")
    return made
