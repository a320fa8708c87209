"""Holidays, rules of petitions, stops"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _home() -> "sa.Column[int]":
    return sa.Column("municipality_id", sa.Integer(), nullable=False)


def upgrade() -> None:
    """Holidays, rules of petitions, stops"""
    op.add_column("villages", sa.Column("population", sa.Integer(), nullable=True))
    op.create_table(
        "day_exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        _home(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name_ky", sa.String(length=120), nullable=False),
        sa.Column("name_ru", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_day_exceptions_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_exceptions")),
        sa.UniqueConstraint("municipality_id", "day", name=op.f("uq_day_exceptions_municipality_id")),
    )
    op.create_table(
        "petition_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        _home(),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("formulas", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("made_by", _BIG, nullable=True),
        sa.Column("made_at", storage.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_rules_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_rules")),
    )
    op.create_index(op.f("ix_petition_rules_municipality_id"), "petition_rules", ["municipality_id"])
    op.create_table(
        "stops",
        sa.Column("id", _BIG, nullable=False),
        _home(),
        sa.Column(
            "what",
            sa.Enum(
                "signing",
                "petitions",
                "proposals",
                name="stoppable",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("notice_ky", sa.String(length=500), nullable=False),
        sa.Column("notice_ru", sa.String(length=500), nullable=False),
        sa.Column("by", _BIG, nullable=True),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("lifted_by", _BIG, nullable=True),
        sa.Column("lifted_at", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_stops_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stops")),
    )
    op.create_index(op.f("ix_stops_municipality_id"), "stops", ["municipality_id"])
    still_open = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_stops_open",
        "stops",
        ["municipality_id", "what"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("stops")
    op.drop_table("petition_rules")
    op.drop_table("day_exceptions")
    op.drop_column("villages", "population")
