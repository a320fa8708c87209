"""Proposals"""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Proposals"""


def downgrade() -> None:
    """Back to the shape before."""
