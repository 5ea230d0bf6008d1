"""The commands: read the arguments, call one service, print."""
