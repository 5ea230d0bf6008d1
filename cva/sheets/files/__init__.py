"""The files of strangers, opened in a process that can only harm itself."""
