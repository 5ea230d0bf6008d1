"""An approved sheet posted: entries, lines, and the rows behind them."""
