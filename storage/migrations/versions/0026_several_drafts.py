"""Somebody may have begun several notices in one chat; their words go to the one they touched last."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drafts in turn instead of one for each manager and chat."""
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint("uq_drafts_desk_manager_id_chat_id", type_="unique")
        drafts.add_column(
            sa.Column(
                "turn", sa.Integer(), nullable=False, server_default="0", comment="words go to the highest"
            )
        )
    op.create_index("ix_drafts_manager", "drafts", ["desk", "manager_id", "chat_id"])


def downgrade() -> None:
    """An older release knows one for each manager and chat: the last touched stays."""
    op.execute(
        "DELETE FROM drafts WHERE EXISTS (SELECT 1 FROM drafts AS later WHERE later.desk = drafts.desk "
        "AND later.manager_id = drafts.manager_id AND later.chat_id = drafts.chat_id "
        "AND (later.turn > drafts.turn OR (later.turn = drafts.turn AND later.id > drafts.id)))"
    )
    op.drop_index("ix_drafts_manager", table_name="drafts")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_column("turn")
        drafts.create_unique_constraint(
            "uq_drafts_desk_manager_id_chat_id", ["desk", "manager_id", "chat_id"]
        )
