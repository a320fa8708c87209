"""The word in the link of a petition that is not public yet"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The word in the link of a petition that is not public yet; links that were passed on before have none"""
    op.add_column("petitions", sa.Column("link_word", sa.String(20), nullable=False, server_default=""))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("petitions", "link_word")
