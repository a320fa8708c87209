"""Groups of villages: who asks to link one, and whose it is"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("closed_at IS NULL")


def _words(kind: str, table: str, *words: str) -> "sa.Enum":
    return sa.Enum(*words, name=op.f(f"ck_{table}_{kind}"), native_enum=False, create_constraint=True, length=32)


def _moment(name: str, *, needed: bool = False) -> "sa.Column[object]":
    return sa.Column(name, storage.base.Instant(timezone=True), nullable=not needed)


def upgrade() -> None:
    """Groups of villages: who asks to link one, and whose it is"""
    op.add_column("places", sa.Column("village_id", sa.Integer(), nullable=True))
    op.create_table(
        "place_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("messenger", _words("messenger", "place_requests", "telegram", "whatsapp"), nullable=False),
        sa.Column("address", sa.String(length=128), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("person_id", _BIG, nullable=True),
        _moment("asked_at", needed=True),
        sa.Column(
            "state",
            _words("requeststate", "place_requests", "asked", "waiting", "linked", "declined", "removed", "expired"),
            nullable=False,
        ),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        _moment("named_at"),
        _moment("closed_at"),
        sa.Column("decided_by", _BIG, nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_place_requests_person_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_place_requests_municipality_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_requests_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_requests")),
    )
    op.create_index(op.f("ix_place_requests_person_id"), "place_requests", ["person_id"])
    op.create_index(op.f("ix_place_requests_municipality_id"), "place_requests", ["municipality_id"])
    op.create_index(
        "uq_place_requests_open",
        "place_requests",
        ["messenger", "address"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("place_requests")
    op.drop_column("places", "village_id")
