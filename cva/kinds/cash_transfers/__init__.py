"""Cash handed out."""
