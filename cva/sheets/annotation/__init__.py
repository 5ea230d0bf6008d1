"""A sender's own workbook with its findings marked in it."""
