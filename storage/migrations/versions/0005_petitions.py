"""Petitions"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Petitions"""


def downgrade() -> None:
    """Back to the shape before."""
