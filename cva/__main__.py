"""The ``cva`` command: the doors of the command line, and the server."""

import os
import sys

import click
from flask import Flask

from cva.app import create_app
from cva.cli.accounts import token_group, user_group
from cva.cli.check import check
from cva.cli.context import CommandContext, LedgerGroup
from cva.cli.corrections import headings_group
from cva.cli.figures import figures, figures_together_command, totals, verify
from cva.cli.keys import key_group
from cva.cli.payment_lists import payment_list_group
from cva.cli.people import evidence_command, people_group
from cva.cli.providers import provider_group
from cva.cli.reconciliation import field_list, reconcile_command, templates
from cva.cli.requests import request_group
from cva.cli.rounds import round_group
from cva.cli.serve import serve_command
from cva.cli.setup import db, demo, programme_group, society_group
from cva.cli.sheets import sheet_group
from cva.cli.vouchers import voucher_group
from cva.core.job_queue import JobQueue
from cva.core.ledger import Ledger
from cva.intake.checking import queue_for


@click.group(cls=LedgerGroup)
@click.version_option(package_name="cva", prog_name="cva")
@click.pass_context
def main(context: click.Context) -> None:
    """The book of record for cash and voucher assistance."""
    os.umask(0o077)  # what the ledger writes is its owner's alone
    context.obj = CommandContext(arguments=sys.argv[1:])
    context.call_on_close(context.obj.close)


def _make_app(ledger: Ledger) -> tuple[Flask, JobQueue]:
    queue = queue_for(ledger)
    return create_app(ledger, queue), queue


for command in (
    check,
    db,
    demo,
    field_list,
    evidence_command,
    figures,
    figures_together_command,
    headings_group,
    key_group,
    people_group,
    programme_group,
    reconcile_command,
    request_group,
    round_group,
    payment_list_group,
    provider_group,
    serve_command(_make_app),
    sheet_group,
    society_group,
    templates,
    token_group,
    totals,
    user_group,
    verify,
    voucher_group,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
