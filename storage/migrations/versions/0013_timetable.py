"""How often each job of the timetable runs; letters that did not arrive are found at once"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TROUBLE = sa.text("outcome IN ('failed', 'gone', 'in-doubt')")


def upgrade() -> None:
    """How often each job of the timetable runs; letters that did not arrive are found at once"""
    op.add_column("job_runs", sa.Column("every", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_outbox_trouble",
        "outbox",
        ["municipality_id", "outcome"],
        sqlite_where=_TROUBLE,
        postgresql_where=_TROUBLE,
    )


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_index("ix_outbox_trouble", "outbox")
    op.drop_column("job_runs", "every")
