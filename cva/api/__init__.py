"""The JSON interface: read the request, call one service, answer."""
