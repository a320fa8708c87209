"""What Telegram calls a file that went there once"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What Telegram calls a file that went there once"""
    op.add_column("files", sa.Column("telegram_id", sa.String(length=255), nullable=True))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("files", "telegram_id")
