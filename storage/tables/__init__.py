"""The tables, the same for SQLite and PostgreSQL; every table is scoped by desk, times are UTC."""

from storage.tables.alerts import alerts
from storage.tables.audience import incident_askers, incident_followers, subscribers, subscriptions
from storage.tables.backup import (
    absences,
    address_trials,
    backup_addresses,
    backup_letters,
    backup_rounds,
    withdrawn_addresses,
)
from storage.tables.columns import metadata
from storage.tables.deliveries import broadcasts, deliveries
from storage.tables.engine import alarms, counters, inbox, leases, outbox, penalties, sweeps, timers
from storage.tables.incidents import audit, drafts, incidents, notices, submissions
from storage.tables.knowledge import (
    faq_complaints,
    faq_drafts,
    faq_filed,
    faq_files,
    faq_proposals,
    faq_vectors,
    faq_versions,
)
from storage.tables.matters import messages, pairs, questions, surveys, tickets
from storage.tables.outside import hook_deliveries, presences
from storage.tables.people import bans, customers, operators, placements, places, topics
from storage.tables.polls import ballots, polls

__all__ = [
    "absences",
    "address_trials",
    "alarms",
    "alerts",
    "audit",
    "backup_addresses",
    "backup_letters",
    "backup_rounds",
    "ballots",
    "bans",
    "broadcasts",
    "counters",
    "customers",
    "deliveries",
    "drafts",
    "faq_complaints",
    "faq_drafts",
    "faq_filed",
    "faq_files",
    "faq_proposals",
    "faq_vectors",
    "faq_versions",
    "hook_deliveries",
    "inbox",
    "incident_askers",
    "incident_followers",
    "incidents",
    "leases",
    "messages",
    "metadata",
    "notices",
    "operators",
    "outbox",
    "pairs",
    "penalties",
    "placements",
    "places",
    "polls",
    "presences",
    "questions",
    "submissions",
    "subscribers",
    "subscriptions",
    "surveys",
    "sweeps",
    "tickets",
    "timers",
    "topics",
    "withdrawn_addresses",
]
