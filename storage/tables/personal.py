"""What in the tables is about a customer, and by what their rows are found: for who wants to be forgotten.

A test holds this to the tables: whoever adds a column says here whether it is about somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Personal:
    """Columns about a customer, and the column that leads to the customer or to a row that does."""

    columns: frozenset[str]
    found_by: str


def _about(columns: str, *, found_by: str) -> Personal:
    return Personal(frozenset(columns.split()), found_by)


PERSONAL: Mapping[str, Personal] = {
    "customers": _about(
        "telegram_id first_name last_name username language_code language payload blocked_at",
        found_by="customers.id",
    ),
    "bans": _about("customer_id reason", found_by="customers.id"),
    "topics": _about("customer_id title", found_by="customers.id"),
    "tickets": _about("customer_id payload", found_by="customers.id"),
    "messages": _about("customer_id content", found_by="customers.id"),
    "pairs": _about("chat_id telegram_id", found_by="messages.id"),
    "questions": _about("customer_id text", found_by="customers.id"),
    "surveys": _about("customer_id comment", found_by="customers.id"),
    "subscribers": _about("customer_id quiet_from quiet_until consented_at source", found_by="customers.id"),
    "subscriptions": _about("customer_id component", found_by="customers.id"),
    "incident_followers": _about("customer_id", found_by="customers.id"),
    "incident_askers": _about("customer_id", found_by="customers.id"),
    "deliveries": _about("customer_id message_id", found_by="customers.id"),
    "ballots": _about("customer_id message_id chosen chosen_at comment", found_by="customers.id"),
    "backup_addresses": _about("customer_id address", found_by="customers.id"),
    "address_trials": _about("customer_id address code", found_by="customers.id"),
    "withdrawn_addresses": _about("digest", found_by="backup_addresses.address"),
    "backup_letters": _about("person customer_id address message_id", found_by="customers.id"),
    "inbox": _about("stream body error", found_by="customers.telegram_id"),
    "outbox": _about("chat_id topic_of body ref dedupe", found_by="customers.telegram_id"),
    "penalties": _about("chat_id", found_by="customers.telegram_id"),
    "audit": _about("actor_id subject", found_by="customers.telegram_id"),
    "alarms": _about("text", found_by="alarms.key"),
    "alerts": _about("title text asked people", found_by="questions.id"),
    "faq_proposals": _about("question answer asked", found_by="questions.id"),
}
"""By table. What operators and managers are called is about them and not about customers."""

NOBODYS: Mapping[str, str] = {
    "customers": "id desk created_at",
    "bans": "id desk by_id by_name at unkept lifted_at lifted_by_id lifted_by_name",
    "topics": "id desk chat_id thread_id closed current",
    "tickets": "id desk number operator_id operator_name complaint urgent opened_at first_reply_at closed_at",
    "messages": "id desk ticket_id author operator_id at",
    "pairs": "desk message_id original",
    "questions": "id desk message_id zone offered chosen outcome replied language confidence ranked folded "
    "asked_at",
    "surveys": "id desk ticket_id asked_at rating rated_at comment_message commented_at",
    "subscribers": "desk stopped_at",
    "subscriptions": "desk at",
    "incident_followers": "desk incident_id why at works answered_at",
    "incident_askers": "desk incident_id message_id at outcome",
    "absences": "desk since",
    "backup_addresses": "id desk channel component consented_at",
    "backup_letters": "id desk subject incident_id channel rank state attempts due_at posted_at settled_at"
    " reason delivered_at",
    "address_trials": "desk asked_at guesses letters begun_at",
    "withdrawn_addresses": "desk at",
    "backup_rounds": "id desk incident_id number everybody reached begun_at",
    "inbox": "bot_id update_id desk state attempts received_at done_at failed_at retried retried_by",
    "outbox": "id desk lane thread_id act message_id kind due_at expires_at posted_at attempts started_at"
    " state error failed_at retried retried_by",
    "penalties": "desk named_at until_at",
    "audit": "id desk at action allowed details",
    "alarms": "id desk key n first_at last_at over",
    "alerts": "id desk source key firing fired first_at last_at component severity gathers draft_id"
    " template incident_id put_off muted decided shown",
    "faq_proposals": "id desk kind state entry_id language people author_id author_name digest proposed_at"
    " decided_by decided_at",
    "broadcasts": "id desk incident_id number kind mends mended state part cursor until total posted sent"
    " blocked failed uncertain spared stale paid stars payment chat_id thread_id language message_id shown_at"
    " shown at",
    "deliveries": "id desk broadcast_id incident_id state at",
    "ballots": "id desk poll_id state at comment_message",
    "polls": "id desk author_id chat_id thread_id language state question options several scale audience days"
    " ends_at asking token touched_at published_at ended_at standing front_id in_channel channel_people"
    " in_private private_people cursor until whole total posted sent blocked failed uncertain spared stale"
    " message_id shown shown_at",
    "counters": "desk name value",
    "drafts": "id desk manager_id chat_id thread_id kind incident_id severity status title text components"
    " begins_at ends_at next_by audience media_kind media_file advertising stars asking alert_id token"
    " started_at turn",
    "faq_complaints": "desk digest",
    "faq_drafts": "id desk manager_id chat_id thread_id step entry_id base proposal_id body token touched_at",
    "faq_filed": "id desk entry_id position body disputed offered at",
    "faq_files": "desk digest file_id",
    "faq_vectors": "desk model digest vector",
    "faq_versions": "id desk entry_id number action body author_id author_name newest at",
    "incidents": "id desk kind severity state status title text components begins_at ends_at next_by"
    " started_at updated_at ended_at asked asked_same followed works broken",
    "leases": "bot_id desk term holder beat host process taken_at",
    "notices": "id desk incident_id number kind severity status text next_by audience media_kind media_file"
    " advertising stars author_id token at",
    "operators": "desk telegram_id name username seen_at",
    "placements": "desk subject chat_id message_id",
    "presences": "desk began_at last_at",
    "hook_deliveries": "id desk hook host body made_at due_at changed_at attempts state answer",
    "places": "desk configured_id chat_id forum",
    "submissions": "id desk manager_id chat_id thread_id kind incident_id severity status title text"
    " components begins_at ends_at next_by audience media_kind media_file advertising"
    " stars asking alert_id token started_at submitted_at",
    "sweeps": "desk kind at",
    "timers": "id desk kind subject due_at",
}
"""Columns that say nothing about a customer: what a figure or the work needs."""
