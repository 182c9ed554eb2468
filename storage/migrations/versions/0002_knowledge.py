"""The knowledge base lives in Telegram: versions, drafts, proposals, and what was learnt from questions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "faq_drafts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("manager_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="where it is being written"),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False, comment="what was asked for last"),
        sa.Column("entry_id", sa.String(length=64), nullable=True, comment="null for a new entry"),
        sa.Column("base", sa.Integer(), nullable=True, comment="the version that is being edited"),
        sa.Column("proposal_id", sa.BigInteger(), nullable=True, comment="the proposal it began with"),
        sa.Column(
            "body",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="the entry so far, and how it is being written",
        ),
        sa.Column("token", sa.String(length=32), nullable=False, comment="a changed draft gets another"),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq_drafts")),
        sa.UniqueConstraint(
            "desk", "manager_id", "chat_id", name=op.f("uq_faq_drafts_desk_manager_id_chat_id")
        ),
    )
    op.create_index("ix_faq_drafts_token", "faq_drafts", ["desk", "token"], unique=False)
    op.create_table(
        "faq_filed",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="its place in the files"),
        sa.Column(
            "body",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="what the files said when they were last listened to; null: nothing",
        ),
        sa.Column(
            "disputed",
            sa.Boolean(),
            nullable=False,
            comment="the files now say `offered`, and managers decide",
        ),
        sa.Column(
            "offered",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="what they say now; null: nothing any more",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq_filed")),
        sa.UniqueConstraint("desk", "entry_id", name=op.f("uq_faq_filed_desk_entry_id")),
    )
    op.create_table(
        "faq_proposals",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="phrasing or entry"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="open, approved or rejected"),
        sa.Column("entry_id", sa.String(length=64), nullable=True, comment="whose phrasing it would be"),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("question", sa.Text(), nullable=False, comment="the phrasing, or the new entry's question"),
        sa.Column("answer", sa.Text(), nullable=True, comment="a draft, as Telegram HTML"),
        sa.Column(
            "asked", sa.JSON(none_as_null=True), nullable=False, comment="ids of the questions it came from"
        ),
        sa.Column("people", sa.Integer(), nullable=False, comment="how many customers asked"),
        sa.Column(
            "author_id",
            sa.BigInteger(),
            nullable=True,
            comment="of the operator who drafted it; null: found by ourselves",
        ),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=32), nullable=False, comment="the same is never proposed twice"),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq_proposals")),
        sa.UniqueConstraint("desk", "digest", name=op.f("uq_faq_proposals_desk_digest")),
    )
    op.create_index("ix_faq_proposals_open", "faq_proposals", ["desk", "state"], unique=False)
    op.create_table(
        "faq_vectors",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False, comment="of the phrasing's text"),
        sa.Column("vector", sa.LargeBinary(), nullable=False, comment="float32, little-endian"),
        sa.PrimaryKeyConstraint("desk", "model", "digest", name=op.f("pk_faq_vectors")),
    )
    op.create_table(
        "faq_versions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="counts from 1 within the entry"),
        sa.Column(
            "action", sa.String(length=12), nullable=False, comment="what was done, see faq/version.py"
        ),
        sa.Column(
            "body",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="the entry as faq.yaml would have it; null: removed",
        ),
        sa.Column("author_id", sa.BigInteger(), nullable=True, comment="null for a file"),
        sa.Column("author_name", sa.Text(), nullable=False, comment="of the manager, or the file's name"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq_versions")),
        sa.UniqueConstraint("desk", "entry_id", "number", name=op.f("uq_faq_versions_desk_entry_id_number")),
    )
    op.create_table(
        "faq_files",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column(
            "digest",
            sa.String(length=32),
            nullable=False,
            comment="of the file's bytes and kind, or of its name",
        ),
        sa.Column(
            "file_id",
            sa.Text(),
            nullable=True,
            comment="Telegram's; null: it cannot be sent, and managers know",
        ),
        sa.PrimaryKeyConstraint("desk", "digest", name=op.f("pk_faq_files")),
    )
    with op.batch_alter_table("questions") as batch:
        batch.add_column(
            sa.Column(
                "replied",
                sa.String(length=64),
                nullable=True,
                comment="the entry that an operator answered with",
            )
        )
        batch.add_column(
            sa.Column(
                "language",
                sa.String(length=8),
                server_default="",
                nullable=False,
                comment="of the customer when asking",
            )
        )
        batch.add_column(
            sa.Column("confidence", sa.Float(), nullable=True, comment="of the best match, 0 to 1")
        )
    op.create_index("ix_questions_asked", "questions", ["desk", "asked_at"], unique=False)


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_questions_asked", table_name="questions")
    with op.batch_alter_table("questions") as batch:
        batch.drop_column("confidence")
        batch.drop_column("language")
        batch.drop_column("replied")
    op.drop_table("faq_files")
    op.drop_table("faq_versions")
    op.drop_table("faq_vectors")
    op.drop_index("ix_faq_proposals_open", table_name="faq_proposals")
    op.drop_table("faq_proposals")
    op.drop_table("faq_filed")
    op.drop_index("ix_faq_drafts_token", table_name="faq_drafts")
    op.drop_table("faq_drafts")
