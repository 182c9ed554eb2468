"""Broken twins: our program with one guarantee taken out, and the tests that must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Twin:
    """A guarantee, the text of `file` that keeps it, what stands there in the twin, and who notices."""

    guarantee: str
    file: str
    kept: str
    broken: str
    noticed_by: str


EVERY_ORDER = "tests/unit_broadcasts/orders/test_every_order.py::test_every_order"

TWINS = (
    Twin(
        "Telegram is told that an update is ours only when it is in the inbox",
        "bot/telegram/poller.py",
        "        numbers = (await self._intake.take(found)).numbers\n",
        "        numbers, taking = {each['update_id'] for each in found}, self._intake.take(found)\n"
        "        asyncio.get_running_loop().call_later(0.5, asyncio.ensure_future, taking)\n",
        "tests/faults/test_kill.py::test_two_kills_lose_nothing",
    ),
    Twin(
        "what was done is marked as done in the same commit",
        "storage/inbox.py",
        ".values(state=DONE, body",
        ".values(state=WAITS, body",
        "tests/faults/test_kill.py::test_two_kills_lose_nothing",
    ),
    Twin(
        "a chat's messages keep their order when one of them fails",
        "bot/engine/dispatch.py",
        "if stalled.get(update.stream, number) < number:",
        "if False:",
        "tests/faults/test_updates.py::test_what_comes_behind_a_work_that_fails_waits_for_it",
    ),
    Twin(
        "trouble of the database is waited out, and counted against nobody",
        "storage/engine/trouble.py",
        "        found = _trouble(each)\n",
        "        found = None\n",
        "tests/faults/outages/test_postgres.py::test_a_locked_table_quarantines_nothing",
    ),
    Twin(
        "a commit that nobody confirmed is asked after before it is made again",
        "storage/engine/patience.py",
        "if doubt is not None and await doubt.stands():",
        "if False:",
        "tests/faults/outages/test_postgres.py::test_a_commit_that_nobody_confirmed_is_not_made_twice",
    ),
    Twin(
        "a wait for a server that says nothing has an end",
        "storage/engine/postgres.py",
        "        raw.terminate()\n\n    async def _drop",
        "        del raw\n\n    async def _drop",
        "tests/faults/outages/test_postgres.py"
        "::test_a_connection_that_carries_nothing_any_more_is_given_up_for_a_new_one",
    ),
    Twin(
        "a chat in penalty is not called before its time",
        "bot/engine/outcomes.py",
        "self._budget.penalise(chat_id, seconds, time.monotonic(), paid=paid)",
        "pass",
        "tests/faults/test_trouble.py::test_a_chat_in_penalty_is_never_called_before_its_time",
    ),
    Twin(
        "a penalty outlives a restart",
        "bot/engine/sender.py",
        "self._budget.hold(chat_id, seconds, time.monotonic())",
        "pass",
        "tests/faults/test_trouble.py::test_a_penalty_outlives_a_restart",
    ),
    Twin(
        "an uncertain delivery of a broadcast is not made again by itself",
        "bot/engine/outcomes.py",
        "        if not ambiguous:\n",
        "        if True:\n",
        "tests/faults/test_bulk.py",
    ),
    Twin(
        "an impossible update takes no neighbour along",
        "bot/engine/intake.py",
        "admitted = [each for each in looked_at if each is not None]",
        "admitted = [each for each in looked_at if each is not None and None not in looked_at]",
        "tests/faults/stuck/test_impossible.py"
        "::test_nothing_that_is_handed_out_keeps_the_neighbours_from_their_answers",
    ),
    Twin(
        "what brings us no further is not asked for without a pause",
        "bot/telegram/poller.py",
        "                        pause = min(IDLE_PAUSE, pause * 2)\n",
        "                        pause = 0.0\n",
        "tests/faults/stuck/test_impossible.py::test_no_answer_makes_the_poller_spin_or_ends_it",
    ),
    Twin(
        "a start tries again what failed",
        "bot/desk_at_work.py",
        "rooms.stores.stuck.begin_again(RELEASE)",
        "None",
        "tests/faults/stuck/test_starting_again.py"
        "::test_a_start_tries_again_what_failed_for_a_reason_that_has_passed",
    ),
    Twin(
        "a restore takes the place of nothing that is there",
        "storage/keeping/new_file.py",
        "os.link(beside, target)",
        "os.replace(beside, target)",
        "tests/persistence/keeping/test_backups.py::test_who_comes_first_to_a_name_keeps_it",
    ),
    Twin(
        "a backup is read whole before it gets its name",
        "storage/keeping/sqlite_copy.py",
        "        inspect_file(beside, interruption)\n",
        "",
        "tests/persistence/keeping/test_backups.py::test_a_backup_that_came_out_damaged_gets_no_name",
    ),
    Twin(
        "what was moved is read back before a bot may begin on it",
        "storage/keeping/moving.py",
        "    if found != state.moved:\n",
        "    if False:\n",
        "tests/persistence/keeping/test_moving.py::test_a_row_that_was_spoiled_on_its_way_is_noticed",
    ),
    Twin(
        "a process whose term is over writes nothing more",
        "bot/engine/units.py",
        "            self._fence(conn)",
        "            pass",
        "tests/faults/processes/test_standing_by.py"
        "::test_what_it_was_about_to_write_is_left_undone_once_another_serves",
    ),
    Twin(
        "a process that may have lost its lease sends nothing more",
        "bot/engine/lease.py",
        "        return self.held\n",
        "        return True\n",
        "tests/faults/processes/test_standing_by.py"
        "::test_what_waits_in_memory_is_not_sent_once_another_may_serve",
    ),
    Twin(
        "nobody is taken for silent while we could not listen",
        "bot/engine/lease.py",
        "min(now - self._looked_at, MOST_CREDIT)",
        "now - self._looked_at",
        "tests/persistence/leases/test_terms.py"
        "::test_it_is_taken_over_only_from_whoever_was_silent_while_we_listened",
    ),
    Twin(
        "what is too old is swept when it is due, and not when we have lived long enough",
        "bot/engine/sweeping.py",
        "    return last is None or not rooms.now - EVERY < last <= rooms.now\n",
        "    return time.monotonic() - BEGUN > EVERY.total_seconds()\n\n\nBEGUN = time.monotonic()\n",
        "tests/persistence/retention/test_sweeping.py"
        "::test_a_process_that_never_lives_for_an_hour_sweeps_all_the_same",
    ),
    Twin(
        "messages of an open ticket are never swept",
        "storage/retention/sweeps.py",
        '        messages.c.at < bindparam("before"),\n        ~OPEN,\n',
        '        messages.c.at < bindparam("before"),\n',
        "tests/persistence/retention/test_sweeps.py"
        "::test_messages_of_an_open_ticket_stay_however_old_they_are",
    ),
    Twin(
        "a process that was told to end ends whatever hangs",
        "bot/ending.py",
        "                    self._count_down()\n",
        "                    pass\n",
        "tests/faults/ending/test_last_resort.py::test_it_says_so_in_one_line_with_the_place",
    ),
    Twin(
        "no library quotes in the log what people wrote",
        "bot/logs.py",
        "            foreign_pre_chain=[_from_a_library, *shared],\n",
        "            foreign_pre_chain=shared,\n",
        "tests/ground/test_gathered_logs.py::test_an_update_that_aiogram_warns_of_is_not_quoted",
    ),
    Twin(
        "what may go now depends on no clock on the wall",
        "bot/engine/sender.py",
        "        flight = self._turns.next(lane, time.monotonic(), overdue=overdue)\n",
        "        now = self._units.clock()\n"
        "        begun, at = self.__dict__.setdefault('begun', (time.monotonic(), now))\n"
        "        instant = begun + (now - at).total_seconds()\n"
        "        flight = self._turns.next(lane, instant, overdue=overdue)\n",
        "tests/faults/fair/test_clock.py::test_what_waits_to_be_sent_goes_on",
    ),
    Twin(
        "a timer waits as long when the clock is put",
        "bot/engine/ticker.py",
        "        self._leapt += leap\n",
        "",
        "tests/faults/fair/test_clock.py::test_a_rating_is_asked_for_after_its_delay_and_once",
    ),
    Twin(
        "whoever is beyond their rate waits behind everybody else",
        "bot/engine/backlog.py",
        "            if allowed < 1:\n",
        "            if False:\n",
        "tests/faults/fair/test_turns.py::test_whoever_is_beyond_their_rate_waits_behind_everybody_else",
    ),
    Twin(
        "an alarm never delays a person's answer",
        "desk/alarm.py",
        '                lane=Lane.ALARM,\n                kind="alarm",\n                ref=',
        '                lane=Lane.REPLY,\n                kind="alarm",\n                ref=',
        "tests/faults/alarms/test_gathered.py::test_a_manager_s_question_is_answered_before_alarms_that_waited_longer",
    ),
    Twin(
        "whoever waits for what stands aside hears of it once",
        "bot/rooms/stuck/way_back.py",
        "        if not self._stuck.others_like(waiting):\n",
        "        if True:\n",
        "tests/stories/told/test_set_aside.py::test_a_customer_s_messages_that_are_set_aside_are_told_once",
    ),
    Twin(
        "whoever waited for what is given up hears of it",
        "bot/engine/sweeping.py",
        "        if sweeps.expired and tell:\n",
        "        if False:\n",
        "tests/stories/told/test_given_up.py::test_a_reply_that_never_left_is_told_on_the_ticket",
    ),
    Twin(
        "each message that a flood joined is found by an edit",
        "storage/messages.py",
        "            for number, _ in content.parts[1:]:\n",
        "            for number, _ in ():\n",
        "tests/stories/told/test_flood_edits.py::test_any_of_them_is_found_and_its_words_alone_change",
    ),
    Twin(
        "what was said meanwhile keeps a stale text back",
        "broadcasts/composing/composer.py",
        "        if self._sealed(draft).token != draft.token:\n",
        "        if False:\n",
        EVERY_ORDER,
    ),
    Twin(
        "whoever lost the right publishes nothing by a reason",
        "broadcasts/composing/glass.py",
        "        if not self._authority.admits(talk.person, attempt):\n",
        "        if self._authority.admits(talk.person, attempt) is None:\n",
        EVERY_ORDER,
    ),
    Twin(
        "whoever lost the right declines nothing by a reason",
        "broadcasts/composing/decisions.py",
        "        if not self._authority.admits(talk.person, asked):\n",
        "        if self._authority.admits(talk.person, asked) is None:\n",
        EVERY_ORDER,
    ),
    Twin(
        "a reason is for the draft as it stood",
        "broadcasts/composing/draft.py",
        "asking=self.asking if self.asking in PARTS else None",
        "asking=self.asking",
        EVERY_ORDER,
    ),
    Twin(
        "what was published waits for nobody",
        "broadcasts/composing/decisions.py",
        "        self._approvals.forget(submission, Placement(talk.where.chat_id, message_id))\n",
        "",
        EVERY_ORDER,
    ),
)
