"""The ``cva`` command."""

import click

from cva.cli.check import check


@click.group()
def main() -> None:
    """The book of record for cash and voucher assistance."""


main.add_command(check)

if __name__ == "__main__":
    main()
