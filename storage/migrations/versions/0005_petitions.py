"""Petitions: their groups, signatures, sheets, thresholds, and the name under which somebody signs"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Petitions"""
    op.add_column("people", sa.Column("name_sealed", sa.String(length=600), nullable=True))
    op.add_column("people", sa.Column("shown_name", sa.String(length=80), server_default="", nullable=False))
    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "petition",
                "assembly",
                "norm",
                name="petitionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "checking",
                "returned",
                "rejected",
                "appealed",
                "open",
                "complete",
                "ended",
                "handed-over",
                "registered",
                "answered",
                "withdrawn",
                "taken-down",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("street_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("group_word", sa.String(length=20), nullable=False),
        sa.Column("begun_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("check_until", sa.Date(), nullable=True),
        sa.Column("lock_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lock_until", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column(
            "rejection",
            sa.Enum(
                "out-of-competence",
                "against-law",
                "insulting",
                "personal-data",
                "private-matter",
                "advertising",
                "same-as-another",
                "no-demand",
                name="rejection",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("competent", sa.String(length=300), nullable=False),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("hidden_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("opened_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("public_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("handed_over_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("register_until", sa.Date(), nullable=True),
        sa.Column("registry_no", sa.String(length=60), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("answered_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_ru", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answer_file_id", sa.String(length=64), nullable=True),
        sa.Column("kenesh_on", sa.Date(), nullable=True),
        sa.Column("kenesh_decision", sa.Text(), nullable=False),
        sa.Column("final_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("anonymised_at", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_petitions_issue_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_petitions_municipality_id")),
        sa.ForeignKeyConstraint(["street_id"], ["streets.id"], name=op.f("fk_petitions_street_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_petitions_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions")),
        sa.UniqueConstraint("group_word", name=op.f("uq_petitions_group_word")),
    )
    op.create_index(op.f("ix_petitions_answer_until"), "petitions", ["answer_until"], unique=False)
    op.create_index(op.f("ix_petitions_closes_on"), "petitions", ["closes_on"], unique=False)
    op.create_index(op.f("ix_petitions_final_at"), "petitions", ["final_at"], unique=False)
    op.create_index(op.f("ix_petitions_issue_id"), "petitions", ["issue_id"], unique=False)
    op.create_index(op.f("ix_petitions_municipality_id"), "petitions", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_petitions_state"), "petitions", ["state"], unique=False)
    op.create_table(
        "petition_flags",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("window", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("settled_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_flags_municipality_id")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_flags_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_flags")),
        sa.UniqueConstraint("petition_id", "link_id", "kind", "window", name=op.f("uq_petition_flags_petition_id")),
    )
    op.create_index(op.f("ix_petition_flags_municipality_id"), "petition_flags", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_petition_flags_petition_id"), "petition_flags", ["petition_id"], unique=False)
    op.create_table(
        "petition_followings",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("petition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("since", storage.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_followings_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_petition_followings_person_id")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_followings_petition_id")),
        sa.PrimaryKeyConstraint("person_id", "petition_id", name=op.f("pk_petition_followings")),
    )
    op.create_table(
        "petition_invalidations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("finished_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("cancelled_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("undone_at", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_invalidations_municipality_id")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_invalidations_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_invalidations")),
    )
    op.create_index(
        op.f("ix_petition_invalidations_municipality_id"), "petition_invalidations", ["municipality_id"], unique=False
    )
    op.create_index(
        op.f("ix_petition_invalidations_petition_id"), "petition_invalidations", ["petition_id"], unique=False
    )
    op.create_table(
        "petition_links",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", storage.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_links_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_petition_links_person_id")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_links_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_links")),
        sa.UniqueConstraint("petition_id", "person_id", name=op.f("uq_petition_links_petition_id")),
    )
    op.create_index(op.f("ix_petition_links_person_id"), "petition_links", ["person_id"], unique=False)
    op.create_table(
        "petition_members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "standing",
            sa.Enum(
                "accepted",
                "declined",
                "left",
                "removed",
                name="membership",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("began", sa.Boolean(), nullable=False),
        sa.Column("name_sealed", sa.String(length=600), nullable=True),
        sa.Column("shown_name", sa.String(length=80), nullable=False),
        sa.Column("since", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("until", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_members_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_petition_members_person_id")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_members_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_members")),
        sa.UniqueConstraint("petition_id", "person_id", name=op.f("uq_petition_members_petition_id")),
    )
    op.create_index(op.f("ix_petition_members_person_id"), "petition_members", ["person_id"], unique=False)
    op.create_index(op.f("ix_petition_members_petition_id"), "petition_members", ["petition_id"], unique=False)
    op.create_table(
        "petition_pressures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("told_sealed", sa.Text(), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_pressures_municipality_id")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_pressures_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_pressures")),
    )
    op.create_table(
        "petition_sheets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("entered_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("removed_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("removed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("removed_because", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_sheets_municipality_id")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_sheets_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_sheets")),
    )
    op.create_index(op.f("ix_petition_sheets_petition_id"), "petition_sheets", ["petition_id"], unique=False)
    op.create_table(
        "petition_signatures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("phone_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "standing",
            sa.Enum(
                "counted", "withdrawn", "invalid", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("signed_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name_sealed", sa.String(length=600), nullable=True),
        sa.Column("name_key", sa.String(length=64), nullable=True),
        sa.Column("shown_name", sa.String(length=80), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("invalidation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_signatures_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_petition_signatures_person_id")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_signatures_petition_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_petition_signatures_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_signatures")),
        sa.UniqueConstraint("petition_id", "person_id", name=op.f("uq_petition_signatures_petition_id")),
        sa.UniqueConstraint("petition_id", "phone_hash", name="uq_petition_signatures_phone"),
        sa.UniqueConstraint("receipt", name=op.f("uq_petition_signatures_receipt")),
    )
    op.create_index(
        op.f("ix_petition_signatures_invalidation_id"), "petition_signatures", ["invalidation_id"], unique=False
    )
    op.create_index(
        "ix_petition_signatures_link", "petition_signatures", ["petition_id", "link_id", "signed_at"], unique=False
    )
    op.create_index(op.f("ix_petition_signatures_name_key"), "petition_signatures", ["name_key"], unique=False)
    op.create_index(op.f("ix_petition_signatures_person_id"), "petition_signatures", ["person_id"], unique=False)
    op.create_table(
        "petition_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_steps_municipality_id")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_steps_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_steps")),
    )
    op.create_index(op.f("ix_petition_steps_petition_id"), "petition_steps", ["petition_id"], unique=False)
    op.create_table(
        "petition_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.String(length=600), nullable=True),
        sa.Column("name_key", sa.String(length=64), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("twin", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_petition_lines_municipality_id")
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_petition_lines_petition_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["petition_sheets.id"], name=op.f("fk_petition_lines_sheet_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_petition_lines_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_lines")),
    )
    op.create_index(op.f("ix_petition_lines_name_key"), "petition_lines", ["name_key"], unique=False)
    op.create_index(op.f("ix_petition_lines_petition_id"), "petition_lines", ["petition_id"], unique=False)
    op.create_index(op.f("ix_petition_lines_sheet_id"), "petition_lines", ["sheet_id"], unique=False)


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("petition_lines")
    op.drop_table("petition_steps")
    op.drop_table("petition_signatures")
    op.drop_table("petition_sheets")
    op.drop_table("petition_pressures")
    op.drop_table("petition_members")
    op.drop_table("petition_links")
    op.drop_table("petition_invalidations")
    op.drop_table("petition_followings")
    op.drop_table("petition_flags")
    op.drop_table("petitions")
    op.drop_column("people", "shown_name")
    op.drop_column("people", "name_sealed")
