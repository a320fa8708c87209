"""Holidays, rules of petitions, stops"""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Holidays, rules of petitions, stops"""


def downgrade() -> None:
    """Back to the shape before."""
