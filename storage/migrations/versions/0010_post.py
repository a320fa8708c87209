"""Broadcasts, announcements, subscriptions; letters that are claimed, held and counted; runs of jobs"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TOPICS = ("announcements", "issues", "meetings", "petitions", "proposals", "polls", "plan", "outcomes")
_OUTCOMES = ("sent", "gone", "failed", "skipped")
_MORE_OUTCOMES = ("muted", "cancelled", "in-doubt")
_WAITS = sa.text("done_at IS NULL AND held IS NULL")
_HELD = sa.text("done_at IS NULL AND held IS NOT NULL")


def _words(kind: str, table: str, *words: str) -> "sa.Enum":
    return sa.Enum(*words, name=op.f(f"ck_{table}_{kind}"), native_enum=False, create_constraint=True, length=32)


def _moment(name: str, *, needed: bool = False) -> "sa.Column[object]":
    return sa.Column(name, storage.base.Instant(timezone=True), nullable=not needed)


def upgrade() -> None:
    """Broadcasts, announcements, subscriptions; letters that are claimed, held and counted; runs of jobs"""
    op.create_table(
        "broadcasts",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("topic", _words("topic", "broadcasts", *_TOPICS), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("going", _words("going", "broadcasts", "running", "paused", "cancelled", "written"), nullable=False),
        sa.Column("cursor", _BIG, nullable=False),
        _moment("posted_at", needed=True),
        _moment("not_before", needed=True),
        _moment("written_at"),
        sa.Column("by", _BIG, nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_broadcasts_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_index(op.f("ix_broadcasts_municipality_id"), "broadcasts", ["municipality_id"])
    op.create_index(op.f("ix_broadcasts_going"), "broadcasts", ["going"])
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("topic", _words("topic", "announcements", *_TOPICS), nullable=False),
        sa.Column("title_ky", sa.String(length=100), nullable=False),
        sa.Column("title_ru", sa.String(length=100), nullable=False),
        sa.Column("text_ky", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("urgent_because", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            _words(
                "state",
                "announcements",
                *("draft", "asked", "planned", "sending", "paused", "sent", "cancelled", "recalled"),
            ),
            nullable=False,
        ),
        _moment("send_at"),
        _moment("made_at", needed=True),
        sa.Column("made_by", _BIG, nullable=True),
        sa.Column("approved_by", _BIG, nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("broadcast_id", _BIG, nullable=True),
        _moment("sent_at"),
        _moment("corrected_at"),
        _moment("recalled_at"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_announcements_municipality_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_announcements_file_id")),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=op.f("fk_announcements_broadcast_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_index(op.f("ix_announcements_municipality_id"), "announcements", ["municipality_id"])
    op.create_table(
        "subscriptions",
        sa.Column("person_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("topic", _words("topic", "subscriptions", *_TOPICS), nullable=False),
        sa.Column("how", _words("notify", "subscriptions", "at-once", "daily", "weekly", "never"), nullable=False),
        _moment("since", needed=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_subscriptions_person_id")),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_subscriptions")),
    )
    op.create_table(
        "village_subscriptions",
        sa.Column("person_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("village_id", sa.Integer(), autoincrement=False, nullable=False),
        _moment("since", needed=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_village_subscriptions_person_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_village_subscriptions_village_id")),
        sa.PrimaryKeyConstraint("person_id", "village_id", name=op.f("pk_village_subscriptions")),
    )
    op.create_index(op.f("ix_village_subscriptions_village_id"), "village_subscriptions", ["village_id"])
    op.create_table(
        "mutes",
        sa.Column("person_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        _moment("since", needed=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mutes_person_id")),
        sa.PrimaryKeyConstraint("person_id", "subject", "subject_id", name=op.f("pk_mutes")),
    )
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(length=80), nullable=False),
        _moment("began_at"),
        _moment("ended_at"),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("did", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("held_by", sa.String(length=40), nullable=False),
        _moment("held_until"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    _allow(*_OUTCOMES, *_MORE_OUTCOMES)
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("rank", sa.SmallInteger(), server_default="1", nullable=False))
        outbox.add_column(sa.Column("essential", sa.Boolean(), server_default=sa.false(), nullable=False))
        outbox.add_column(sa.Column("broadcast_id", _BIG, nullable=True))
        outbox.add_column(
            sa.Column("held", _words("held", "outbox", "daily", "weekly", "window", "paused"), nullable=True)
        )
        outbox.add_column(_moment("lease_until"))
        outbox.add_column(sa.Column("account_id", _BIG, nullable=True))
        outbox.add_column(sa.Column("message", sa.String(length=64), server_default="", nullable=False))
        outbox.add_column(sa.Column("reason", sa.String(length=80), server_default="", nullable=False))
        outbox.add_column(sa.Column("by_template", sa.Boolean(), server_default=sa.false(), nullable=False))
        outbox.add_column(_moment("pressed_at"))
    op.create_index(op.f("ix_outbox_broadcast_id"), "outbox", ["broadcast_id"])
    op.create_index("ix_outbox_due", "outbox", ["rank", "not_before"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_index("ix_outbox_held", "outbox", ["held", "person_id"], sqlite_where=_HELD, postgresql_where=_HELD)


def _allow(*outcomes: str) -> None:
    """Which outcomes a letter may have. SQLite makes the table anew, and leaves the old check behind by that."""
    wanted = "outcome IN ({})".format(", ".join(f"'{word}'" for word in outcomes))
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("outbox", recreate="always") as outbox:
            outbox.create_check_constraint(op.f("ck_outbox_outcome"), wanted)
        return
    op.drop_constraint(op.f("ck_outbox_outcome"), "outbox")
    op.create_check_constraint(op.f("ck_outbox_outcome"), "outbox", wanted)


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_index("ix_outbox_held", "outbox")
    op.drop_index("ix_outbox_due", "outbox")
    op.drop_index(op.f("ix_outbox_broadcast_id"), "outbox")
    op.execute(sa.text("UPDATE outbox SET outcome = 'skipped' WHERE outcome IN ('muted', 'cancelled', 'in-doubt')"))
    new = "rank essential broadcast_id held lease_until account_id message reason by_template pressed_at".split()
    with op.batch_alter_table("outbox") as outbox:
        for column in new:
            outbox.drop_column(column)
    _allow(*_OUTCOMES)
    for table in ("job_runs", "mutes", "village_subscriptions", "subscriptions", "announcements", "broadcasts"):
        op.drop_table(table)
