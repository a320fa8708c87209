"""The journal becomes a chain"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OLD = sa.text("number IS NULL")


def upgrade() -> None:
    """The journal becomes a chain; the entries that are there are taken into it when the bot starts."""
    op.create_table(
        "journal_heads",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("posted_number", sa.BigInteger(), nullable=True),
        sa.Column("posted_hash", sa.String(length=64), nullable=True),
        sa.Column("posted_at", storage.base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_journal_heads")),
    )
    op.add_column("journal", sa.Column("number", sa.BigInteger(), nullable=True))
    op.add_column("journal", sa.Column("hash", sa.String(length=64), nullable=True))
    op.add_column("journal", sa.Column("actor_salt", sa.String(length=32), nullable=True))
    op.add_column("journal", sa.Column("actor_mark", sa.String(length=64), nullable=True))
    op.create_index("ix_journal_chain", "journal", ["municipality_id", "number"], unique=True)
    op.create_index("ix_journal_object", "journal", ["object_id", "event"])
    op.create_index("ix_journal_unsealed", "journal", ["id"], sqlite_where=_OLD, postgresql_where=_OLD)


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_index("ix_journal_unsealed", table_name="journal", sqlite_where=_OLD, postgresql_where=_OLD)
    op.drop_index("ix_journal_object", table_name="journal")
    op.drop_index("ix_journal_chain", table_name="journal")
    for name in ("actor_mark", "actor_salt", "hash", "number"):
        op.drop_column("journal", name)
    op.drop_table("journal_heads")
