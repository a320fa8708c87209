"""Answers that staff use again and again"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Answers that staff use again and again"""
    op.create_table(
        "answer_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words_ky", sa.Text(), nullable=False),
        sa.Column("words_ru", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("removed_at", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_answer_templates_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_templates")),
    )
    op.create_index(op.f("ix_answer_templates_municipality_id"), "answer_templates", ["municipality_id"])


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("answer_templates")
