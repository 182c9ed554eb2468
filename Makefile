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

.PHONY: help demo test check bench bench-faq fit-faq proof clean

help:
	@echo "make demo    set up and play: a small Telegram, the bot and sample people, no token needed"
	@echo "make test    set up, check and run the whole test suite"
	@echo "make check   style, types and the direction of imports"
	@echo "make bench   measure, and say on what"
	@echo "make bench-faq    measure how well and how fast questions are matched"
	@echo "make fit-faq      fit the weights of the matcher anew, and show them beside the shipped ones"
	@echo "make proof   the long proofs: kills, floods, thousands of messages"
	@echo "make clean   forget the environment"

demo: $(READY)
	$(RUN)/otklik demo

test: check
	$(RUN)/pytest -n auto --dist loadfile

check: $(READY)
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/mypy
	$(RUN)/lint-imports

bench: $(READY)
	$(RUN)/python tests/benches/run.py $(if $(WRITE),--write)

bench-faq: $(READY)
	UV_SYSTEM_CERTS=1 $(RUN)/uv sync --frozen --inexact --all-extras --group bench --quiet
	PYTHONPATH=. $(RUN)/python tests/benches/matching/run.py $(if $(WRITE),--write) $(if $(QUICK),--quick) $(if $(DATA),--data $(DATA))

fit-faq: $(READY)
	UV_SYSTEM_CERTS=1 $(RUN)/uv sync --frozen --inexact --all-extras --group bench --quiet
	PYTHONPATH=. $(RUN)/python tests/benches/fitting/run.py $(if $(WRITE),--write) $(if $(QUICK),--quick) $(if $(HELD_OUT),--held-out $(HELD_OUT)) $(if $(DATA),--data $(DATA))

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
