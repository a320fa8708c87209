"""On which street somebody lives, where they said so"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """On which street somebody lives, where they said so"""
    op.add_column("people", sa.Column("street_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("people", "street_id")
