"""A business-scoped id of WhatsApp may have 131 characters"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A business-scoped id of WhatsApp may have 131 characters"""
    _widen(128, 140)


def downgrade() -> None:
    """Back to the shape before."""
    _widen(140, 128)


def _widen(before: int, after: int) -> None:
    for table in ("accounts", "inbox"):
        with op.batch_alter_table(table) as changed:
            changed.alter_column(
                "address", existing_type=sa.String(before), type_=sa.String(after), existing_nullable=False
            )
