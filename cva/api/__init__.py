"""The JSON interface: read the request, call one service, answer."""

from flask_smorest import Blueprint

blueprints: tuple[Blueprint, ...] = ()
