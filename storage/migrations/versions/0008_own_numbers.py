"""WhatsApp numbers of their own"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """WhatsApp numbers of their own"""


def downgrade() -> None:
    """Back to the shape before."""
