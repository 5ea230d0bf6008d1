"""Who a row without a registration number is: known, new, or perhaps somebody in the register."""
