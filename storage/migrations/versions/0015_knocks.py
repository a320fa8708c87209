"""When a template last told an account that there is news"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

_KNOCKED = sa.text("knocked_at IS NOT NULL")


def upgrade() -> None:
    """When a template last told an account that there is news"""
    op.add_column("accounts", sa.Column("knocked_at", storage.base.Instant(), nullable=True))
    op.create_index("ix_accounts_knocked", "accounts", ["knocked_at"], sqlite_where=_KNOCKED, postgresql_where=_KNOCKED)


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_index("ix_accounts_knocked", "accounts")
    op.drop_column("accounts", "knocked_at")
