"""What an answer to a proposal cost, and by when, stays in its way"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What an answer to a proposal cost, and by when, stays in its way"""
    for name in ("cost", "period"):
        op.add_column("proposal_steps", sa.Column(name, sa.String(120), nullable=False, server_default=""))


def downgrade() -> None:
    """Back to the shape before."""
    for name in ("period", "cost"):
        op.drop_column("proposal_steps", name)
