"""Which instalment a row of a returned field list is about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("staged_row", sa.Column("instalment", SMALL))


def downgrade() -> None:
    op.drop_column("staged_row", "instalment")
