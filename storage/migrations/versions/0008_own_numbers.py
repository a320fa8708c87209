"""WhatsApp numbers of their own"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """WhatsApp numbers of their own"""
    op.add_column("accounts", sa.Column("via", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("accounts", "via")
