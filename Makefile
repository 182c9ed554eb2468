# Two commands matter on a fresh machine: make demo plays the whole product, make test proves it.
# Python 3.11 or newer, make and git are enough; everything else goes into .venv/ of this checkout.

VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.ready
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)

# Compiled once: where Python may not write its bytecode, every start would compile everything anew.
ROOMS := bot broadcasts desk editorial faq handlers locales sandbox storage surveys tickets

# Files in turn to whoever is free, the slow ones first (tests/conftest.py). One worker more than there are
# cores: half of a story is waiting for others.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# Tests are kept as they were compiled, also where Python is told not to: else every worker compiles all of them.
PYTEST := PYTHONDONTWRITEBYTECODE= $(RUN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
QUICK := tests/test_house.py tests/ground tests/hiding tests/knowledge tests/learning tests/outside tests/persistence tests/referee \
	tests/unit_broadcasts tests/unit_editorial tests/stories/talks/test_customers.py \
	tests/stories/talks/test_operators.py

define style
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/lint-imports
endef

# Types are checked beside the tests: either needs a minute, and tests often only wait.
define beside_types
	@$(RUN)/mypy & types=$$!; echo "$(1)"; $(1); tests=$$?; wait $$types && exit $$tests
endef

.PHONY: help demo test quick check bench bench-faq fit-faq proof clean

help:
	@echo "make demo    set up and play: a small Telegram, the bot and sample people, no token needed"
	@echo "make test    set up, check and run the whole test suite"
	@echo "make quick   a working day's part of it, in two or three minutes; leaves out browser, faults, most stories, all slow"
	@echo "make check   style, types and the direction of imports"
	@echo "make bench   measure, and say on what; BASE=checkout: compare with that one, turn by turn"
	@echo "make bench-faq    measure how well and how fast questions are matched"
	@echo "make fit-faq      fit the weights of the matcher anew, and show them beside the shipped ones; KINDS=ensemble: only those"
	@echo "make proof   the long proofs: kills, floods, thousands of messages"
	@echo "make clean   forget the environment"

demo: $(READY)
	$(RUN)/otklik demo

test: $(READY)
	$(style)
	$(call beside_types,$(PYTEST))

quick: $(READY)
	$(style)
	$(call beside_types,$(PYTEST) -q -m 'not slow and not browser' $(QUICK))

check: $(READY)
	$(style)
	$(RUN)/mypy

bench: $(READY)
	PYTHONPATH=. $(RUN)/python $(if $(BASE),tests/benches/versus.py $(BASE),tests/benches/run.py $(if $(WRITE),--write))

bench-faq: $(READY)
	UV_SYSTEM_CERTS=1 $(RUN)/uv sync --frozen --inexact --all-extras --group bench --quiet
	PYTHONPATH=. $(RUN)/python tests/benches/matching/run.py $(if $(WRITE),--write) $(if $(QUICK),--quick) $(if $(DATA),--data $(DATA))

fit-faq: $(READY)
	UV_SYSTEM_CERTS=1 $(RUN)/uv sync --frozen --inexact --all-extras --group bench --quiet
	PYTHONPATH=. $(RUN)/python tests/benches/fitting/run.py $(if $(WRITE),--write) $(if $(QUICK),--quick) $(if $(KINDS),--kinds $(KINDS)) $(if $(HELD_OUT),--held-out $(HELD_OUT)) $(if $(DATA),--data $(DATA))

proof: $(READY)
	$(RUN)/pytest -m proof

clean:
	rm -rf $(VENV)

# uv would trust only the certificates it brings; behind a company's proxy the machine's own are the right ones.
$(READY): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Otklik needs Python 3.11 or newer, and there is none here." \
		"Install it, or name yours: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(PYTHON) is older than Python 3.11." \
		"Name a newer one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments." \
		"On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(RUN)/uv || $(RUN)/python -m pip install --quiet uv
	UV_SYSTEM_CERTS=1 $(RUN)/uv sync --frozen --inexact --all-extras --compile-bytecode --quiet
	@$(RUN)/python -m compileall -q $(ROOMS)
	@touch $@
