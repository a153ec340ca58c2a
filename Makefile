# manproof: structured man pages, rendered, translated and proved. "make help" lists the targets.
# GNU make; needs no built-in rule or variable, and no order of targets.

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

# V=1 shows the commands; SETUP=no forbids every installation; ARGS goes to the program.
V ?= 0
SETUP ?= yes
PYTHON ?=
ARGS ?=
RUNS ?= 500
VENV ?= .venv
PYTESTFLAGS ?= -n auto

# Where "make install" puts the pages. They have a tree of their own, one below it for each
# edition, so that no page of the system is ever written over or hidden:
#     man -M $(mandir)/linux connect
DESTDIR ?=
prefix ?= /usr/local
datarootdir ?= $(prefix)/share
datadir ?= $(datarootdir)/manproof
mandir ?= $(datadir)/man
docdir ?= $(datarootdir)/doc/manproof
htmldir ?= $(docdir)/html
INSTALL ?= install
INSTALL_DATA ?= $(INSTALL) -m 644

# MANPROOF=... runs that program instead of the checkout's own, which then needs no set-up.
ifndef MANPROOF
MANPROOF := $(VENV)/bin/manproof
setup := .setup
endif

# One set-up serves all goals of a run: the one that the most demanding of them needs.
levels := fuzz check lint probe docs
level := $(or $(firstword $(filter $(MAKECMDGOALS),$(levels))),docs)

# These change what the others read, so they take their turn.
ifneq ($(filter install uninstall clean distclean,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

ifneq ($(V),1)
quiet := @
endif

.PHONY: docs man html serve lint probe findings check fuzz faults schema pot update-po stats bench pictures \
    install uninstall clean distclean dist lock help .setup

docs: $(setup) ## build all pages in all formats and languages (the default)
	$(quiet)$(MANPROOF) build $(ARGS)

man: $(setup) ## build only the man pages
	$(quiet)$(MANPROOF) build --format man $(ARGS)

html: $(setup) ## build only the HTML pages
	$(quiet)$(MANPROOF) build --format html $(ARGS)

serve: $(setup) ## show the site while you edit it, on http://127.0.0.1:8000/
	$(quiet)$(MANPROOF) serve $(ARGS)

lint: $(setup) ## hold the pages, in every language, against all rules and the running kernel
	$(quiet)$(MANPROOF) lint --probe --select all $(ARGS)

probe: $(setup) ## ask the running kernel what the pages claim
	$(quiet)$(MANPROOF) probe $(ARGS)

findings: $(setup) ## write docs/FINDINGS.md anew from the kept record of a run
	$(quiet)$(MANPROOF) finding --write

check: .setup ## check the code: style, types and all tests
	$(quiet)$(VENV)/bin/ruff check .
	$(quiet)$(VENV)/bin/ruff format --check .
	$(quiet)$(VENV)/bin/mypy
	$(quiet)$(VENV)/bin/python -m pytest $(PYTESTFLAGS) $(ARGS)

fuzz: .setup ## look for input that breaks the readers and writers, led by coverage
	$(quiet)$(VENV)/bin/python -m tests.properties.fuzz $(ARGS)

faults: .setup ## kill builds, probes and updates, fail their writes; RUNS=500 times
	$(quiet)$(VENV)/bin/python -m tests.faults.kill $(RUNS)

schema: .setup ## write the JSON Schemas of the source (source/*.schema.json) anew
	$(quiet)$(VENV)/bin/python -m manproof.load.schema

pot: $(setup) ## write the templates for translators (.pot)
	$(quiet)$(MANPROOF) i18n extract $(ARGS)

update-po: $(setup) ## bring the translations (.po) up to date with the pages
	$(quiet)$(MANPROOF) i18n update $(ARGS)

stats: $(setup) ## say how much is translated
	$(quiet)$(MANPROOF) i18n stats $(ARGS)

bench: .setup ## measure the speed, beside other tools where they are installed
	$(quiet)$(VENV)/bin/python -m benchmarks $(ARGS)

pictures: .setup ## take the pictures of README.md from the built pages (needs Chromium)
	$(quiet)$(VENV)/bin/python -m tests.pictures

install: ## install the built pages (DESTDIR, prefix, mandir, htmldir, docdir)
	$(quiet)$(install-pages) install

uninstall: ## remove exactly what install wrote
	$(quiet)$(install-pages) uninstall

install-pages = DESTDIR='$(DESTDIR)' datadir='$(datadir)' mandir='$(mandir)' docdir='$(docdir)' \
    htmldir='$(htmldir)' INSTALL='$(INSTALL)' INSTALL_DATA='$(INSTALL_DATA)' tools/install-pages

clean: ## remove what was built
	$(quiet)find build -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +

distclean: clean ## remove that, the virtual environment and all caches
	$(quiet)rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	$(quiet)find . -name __pycache__ -type d -prune -exec rm -rf {} +

dist: .setup ## make the wheel and the source archive in dist/, the same bytes every time
	$(quiet)SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} \
	    $(VENV)/bin/python -m hatchling build -d dist

# Keeps the locked versions that still fit; ARGS=--upgrade takes the newest.
lock: ## write the locks anew from pyproject.toml (needs uv on the PATH)
	$(quiet)command -v uv >/dev/null || { echo 'make lock needs uv: pipx install uv' >&2; exit 2; }
	$(quiet)$(uv-compile) --group build -o requirements.lock
	$(quiet)$(uv-compile) --group dev -c requirements.lock -o requirements-dev.lock
	$(quiet)$(uv-compile) --group fuzz -c requirements-dev.lock -o requirements-fuzz.lock

uv-compile = uv pip compile -q --universal --python-version 3.11 --generate-hashes \
    --custom-compile-command 'make lock' $(ARGS) pyproject.toml

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12
	@echo
	@echo 'V=1 shows the commands, SETUP=no forbids every installation, ARGS=... goes to the program.'
	@echo 'Pages are installed into $(mandir)/EDITION:'
	@echo '    man -M $(mandir)/linux connect'

.setup:
	$(quiet)SETUP='$(SETUP)' VENV='$(VENV)' PYTHON='$(PYTHON)' tools/setup $(level)
