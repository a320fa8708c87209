"""The journal becomes a chain"""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The journal becomes a chain"""


def downgrade() -> None:
    """Back to the shape before."""
