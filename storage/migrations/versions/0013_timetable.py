"""How often each job of the timetable runs"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """How often each job of the timetable runs"""
    op.add_column("job_runs", sa.Column("every", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("job_runs", "every")
