"""A letter keeps the whole number that the messenger gave it, and is found by it"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_WENT_OUT = sa.text("message <> ''")


def _resize(length: int) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("outbox", "message", type_=sa.String(length), postgresql_using=f"left(message, {length})")
        return
    # SQLite changes no column, and to write the whole table anew would cost its indexes
    op.add_column("outbox", sa.Column("resized", sa.String(length), server_default="", nullable=False))
    op.execute(sa.text("UPDATE outbox SET resized = substr(message, 1, :most)").bindparams(most=length))
    op.drop_column("outbox", "message")
    op.execute(sa.text("ALTER TABLE outbox RENAME COLUMN resized TO message"))


def upgrade() -> None:
    """A letter keeps the whole number that the messenger gave it, and is found by it"""
    _resize(160)
    op.create_index("ix_outbox_message", "outbox", ["message"], sqlite_where=_WENT_OUT, postgresql_where=_WENT_OUT)


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_index("ix_outbox_message", "outbox")
    _resize(64)
