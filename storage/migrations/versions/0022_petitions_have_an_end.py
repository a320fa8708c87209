"""Until when a petition may be handed over, and since when nobody knows who signed it"""

import sqlalchemy as sa
from alembic import op

from storage.base import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until when a petition may be handed over, and since when nobody knows who signed it"""
    op.add_column("petitions", sa.Column("hand_over_until", sa.Date(), nullable=True))
    op.add_column("petitions", sa.Column("unlinked_at", Instant(timezone=True), nullable=True))
    op.execute(sa.text("UPDATE petitions SET unlinked_at = anonymised_at"))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("petitions", "unlinked_at")
    op.drop_column("petitions", "hand_over_until")
