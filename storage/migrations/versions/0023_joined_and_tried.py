"""Accounts remember when they joined and where an office rests; arrivals, how often their file was begun with"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Accounts remember when they joined and where an office rests; arrivals, how often their file was begun with"""
    op.add_column("inbox", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column("accounts", sa.Column("joined_at", storage.base.Instant(timezone=True)))
    for name in ("brought_phone", "office_rests"):
        op.add_column("accounts", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    # whoever was warned of a join keeps the button that undoes it
    moment = storage.base.Instant(timezone=True)
    outbox = sa.table("outbox", sa.column("key"), sa.column("arguments", sa.JSON), sa.column("posted_at", moment))
    accounts = sa.table("accounts", sa.column("id"), sa.column("joined_at", moment))
    told = sa.select(outbox.c.arguments, outbox.c.posted_at).where(outbox.c.key == "accounts-joined")
    for arguments, posted_at in op.get_bind().execute(told).all():
        joined = sa.update(accounts).where(accounts.c.id == int(arguments["joined"]))
        op.execute(joined.values(joined_at=posted_at))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("inbox", "tries")
    for name in ("office_rests", "brought_phone", "joined_at"):
        op.drop_column("accounts", name)
