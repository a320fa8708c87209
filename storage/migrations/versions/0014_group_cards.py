"""Cards of petitions and proposals in groups and channels"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0014"
down_revision = "0015"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STANDS = sa.text("down_at IS NULL")


def _moment(name: str, *, needed: bool = False) -> "sa.Column[object]":
    return sa.Column(name, storage.base.Instant(timezone=True), nullable=not needed)


def upgrade() -> None:
    """Cards of petitions and proposals in groups and channels"""
    kinds = sa.Enum(
        "petition",
        "proposal",
        name=op.f("ck_group_cards_cardkind"),
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "group_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        _moment("put_at", needed=True),
        sa.Column("put_by", _BIG, nullable=True),
        sa.Column("shown", sa.String(80), nullable=False),
        _moment("told_at", needed=True),
        sa.Column("message", sa.String(64), nullable=True),
        _moment("over_at"),
        _moment("down_at"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_group_cards_municipality_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_group_cards_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_cards")),
    )
    op.create_index(op.f("ix_group_cards_municipality_id"), "group_cards", ["municipality_id"])
    op.create_index(
        "uq_group_cards_standing",
        "group_cards",
        ["place_id", "kind", "object_id"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("group_cards")
