"""Financial service providers: payment lists, what became of payments, the float."""
