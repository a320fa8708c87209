"""Quick polls in groups and channels"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("closed_at IS NULL")


def _moment(name: str, *, needed: bool = False) -> "sa.Column[object]":
    return sa.Column(name, storage.base.Instant(timezone=True), nullable=not needed)


def upgrade() -> None:
    """Quick polls in groups and channels"""
    op.create_table(
        "opinion_polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        _moment("asked_at", needed=True),
        sa.Column("asked_by", _BIG, nullable=True),
        _moment("closes_at", needed=True),
        _moment("closed_at"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_opinion_polls_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_polls")),
    )
    op.create_index(op.f("ix_opinion_polls_municipality_id"), "opinion_polls", ["municipality_id"])
    op.create_index("ix_opinion_polls_open", "opinion_polls", ["closes_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "opinion_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(64), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        _moment("settled_at"),
        sa.ForeignKeyConstraint(["poll_id"], ["opinion_polls.id"], name=op.f("fk_opinion_posts_poll_id")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_opinion_posts_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_posts")),
        sa.UniqueConstraint("poll_id", "place_id", name=op.f("uq_opinion_posts_poll_id")),
    )


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("opinion_posts")
    op.drop_table("opinion_polls")
