"""Proposals, reports on texts, and voice notes as a kind of file"""

import sqlalchemy as sa
from alembic import op

import storage.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TWO, _THREE = "'picture', 'paper'", "'picture', 'paper', 'voice'"


def _files_may_be(before: str, after: str) -> None:
    """Other words for what a file is. SQLite would have to make the table anew, which other tables point to; the words
    of a rule may be changed in its schema (sqlite.org/lang_altertable.html, 7)."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA writable_schema=ON")
        words = sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = 'files'"
        )
        op.get_bind().execute(words, {"before": f"IN ({before})", "after": f"IN ({after})"})
        op.execute("PRAGMA writable_schema=RESET")
    else:
        op.drop_constraint(op.f("ck_files_filekind"), "files", type_="check")
        op.create_check_constraint(op.f("ck_files_filekind"), "files", f"kind IN ({after})")


def upgrade() -> None:
    """Proposals, reports on texts, and voice notes as a kind of file"""
    _files_may_be(_TWO, _THREE)
    op.create_table(
        "proposal_numbers",
        sa.Column("municipality_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_proposal_numbers_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_proposal_numbers")),
    )
    op.create_table(
        "report_looks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum("proposal", "petition", name="subject", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("text_mark", sa.String(length=64), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "removed",
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
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_report_looks_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_looks")),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("street_id", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column(
            "for_whom",
            sa.Enum(
                "everybody",
                "children",
                "youth",
                "women",
                "elderly",
                "disabled",
                "farmers",
                "business",
                name="forwhom",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "came_by",
            sa.Enum(
                "bot", "phone", "visit", "paper", name="cameby", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("caller_sealed", sa.String(length=900), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("created_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "registered",
                "under-review",
                "accepted",
                "partly-accepted",
                "rejected",
                "included",
                "in-progress",
                "done",
                "duplicate",
                "out-of-competence",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("register_until", sa.Date(), nullable=True),
        sa.Column("registry_no", sa.String(length=60), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("is_appeal", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer_ky", sa.Text(), nullable=False),
        sa.Column("answer_ru", sa.Text(), nullable=False),
        sa.Column("cost", sa.String(length=120), nullable=False),
        sa.Column("period", sa.String(length=120), nullable=False),
        sa.Column("answer_file_id", sa.String(length=64), nullable=True),
        sa.Column("answered_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("competent", sa.String(length=300), nullable=False),
        sa.Column("duplicate_of", sa.Integer(), nullable=True),
        sa.Column("hidden_at", storage.base.Instant(timezone=True), nullable=True),
        sa.Column(
            "removed_because",
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
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_proposals_author_id")),
        sa.ForeignKeyConstraint(["duplicate_of"], ["proposals.id"], name=op.f("fk_proposals_duplicate_of")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_proposals_issue_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_proposals_municipality_id")),
        sa.ForeignKeyConstraint(["street_id"], ["streets.id"], name=op.f("fk_proposals_street_id")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_proposals_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_proposals_municipality_id")),
    )
    op.create_index(op.f("ix_proposals_author_id"), "proposals", ["author_id"], unique=False)
    op.create_index(op.f("ix_proposals_due_on"), "proposals", ["due_on"], unique=False)
    op.create_index(op.f("ix_proposals_duplicate_of"), "proposals", ["duplicate_of"], unique=False)
    op.create_index(op.f("ix_proposals_issue_id"), "proposals", ["issue_id"], unique=False)
    op.create_index(op.f("ix_proposals_municipality_id"), "proposals", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_proposals_state"), "proposals", ["state"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum("proposal", "petition", name="subject", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("phone_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "complaint",
            sa.Enum(
                "rude",
                "spam",
                "personal-data",
                "false",
                "other",
                name="complaint",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("settled_at", storage.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_reports_municipality_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("subject", "subject_id", "person_id", name="uq_reports_person"),
        sa.UniqueConstraint("subject", "subject_id", "phone_hash", name="uq_reports_phone"),
    )
    op.create_index(op.f("ix_reports_municipality_id"), "reports", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_reports_person_id"), "reports", ["person_id"], unique=False)
    op.create_table(
        "proposal_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("is_voice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_proposal_files_municipality_id")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_files_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_files")),
        sa.UniqueConstraint("proposal_id", "file_id", name=op.f("uq_proposal_files_proposal_id")),
    )
    op.create_index(op.f("ix_proposal_files_proposal_id"), "proposal_files", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_followings",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("proposal_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("since", storage.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_proposal_followings_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_proposal_followings_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_followings_proposal_id")),
        sa.PrimaryKeyConstraint("person_id", "proposal_id", name=op.f("pk_proposal_followings")),
    )
    op.create_index(op.f("ix_proposal_followings_proposal_id"), "proposal_followings", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_proposal_notes_municipality_id")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_notes_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_notes")),
    )
    op.create_index(op.f("ix_proposal_notes_proposal_id"), "proposal_notes", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("at", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("words_ky", sa.Text(), nullable=False),
        sa.Column("words_ru", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=True),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_proposal_steps_municipality_id")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_steps_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_steps")),
    )
    op.create_index(op.f("ix_proposal_steps_proposal_id"), "proposal_steps", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_supports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("since", storage.base.Instant(timezone=True), nullable=False),
        sa.Column("came_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_proposal_supports_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_proposal_supports_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_supports_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_supports")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_proposal_supports_proposal_id")),
        sa.UniqueConstraint("proposal_id", "phone_hash", name="uq_proposal_supports_phone"),
    )
    op.create_index(op.f("ix_proposal_supports_person_id"), "proposal_supports", ["person_id"], unique=False)


def downgrade() -> None:
    """Back to the shape before."""
    op.drop_table("proposal_supports")
    op.drop_table("proposal_steps")
    op.drop_table("proposal_notes")
    op.drop_table("proposal_followings")
    op.drop_table("proposal_files")
    op.drop_table("reports")
    op.drop_table("report_looks")
    op.drop_table("proposals")
    op.drop_table("proposal_numbers")
    op.execute("DELETE FROM files WHERE kind = 'voice'")
    _files_may_be(_THREE, _TWO)
