"""Announcements that staff use again and again, and corrections of what was sent"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Announcements that staff use again and again, and corrections of what was sent"""
    op.create_table(
        "announcement_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("title_ky", sa.String(length=100), nullable=False),
        sa.Column("title_ru", sa.String(length=100), nullable=False),
        sa.Column("text_ky", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("removed_at", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_announcement_templates_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_templates")),
    )
    op.create_index(op.f("ix_announcement_templates_municipality_id"), "announcement_templates", ["municipality_id"])
    op.add_column("announcements", sa.Column("corrects", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_column("announcements", "corrects")
    op.drop_index(op.f("ix_announcement_templates_municipality_id"), "announcement_templates")
    op.drop_table("announcement_templates")
