# The two commands: `make publication` builds what book/ holds, `make test` proves that it works.
# Both make .venv first, and bring Pango (which sets the type of PDFs) where they may.

VENV := .venv
BIN := $(VENV)/bin
# The first Python that runs and is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# Ace and foliate-js, which look at ebooks in tests; what npm writes when it has brought them.
READERS := tests/conformance/node_modules/.package-lock.json
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(SUDO) apt-get install --yes --no-install-recommends
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# What a release is: its files, and where they are tried.
RELEASE := build/release

.PHONY: publication test conformance quick coverage mutants dist lock benchmarks lint schema picture pictures profiles specimen guide album \
  starter looks system clean

publication: $(VENV)/installed system
	$(BIN)/python make_publication.py

# Python may keep what it compiles, since each process that tests start would compile the package again.
test:
	@$(MAKE) --no-print-directory --jobs=2 ready
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --numprocesses=2 --dist=loadgroup -rs --judge-screens

# Ebooks before epubcheck, Ace and a reading system: a part of make test.
conformance: $(VENV)/tested system test-system $(READERS)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --numprocesses=2 --dist=loadgroup -rs -m conformance --judge-screens

# The tests without pages and large files: seconds, where Python may keep what it compiles (else half of the time is that) and
# plugins that none of them needs are not asked three times for each.
quick: $(VENV)/tested system
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --numprocesses=2 -p no:logging -p no:anyio -m "not slow"

# What tests need, while lint runs beside what is slow to come.
.PHONY: ready
ready: $(VENV)/tested system test-system $(READERS) lint

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Which lines of the package the tests run, also in processes that they start: make coverage, or make coverage OF='-m "not slow"'.
coverage: $(VENV)/developed system
	rm -rf build/coverage && mkdir -p build/coverage
	COVERAGE_FILE=$(CURDIR)/build/coverage/data $(BIN)/coverage run -m pytest --numprocesses=2 --dist=loadgroup $(OF) || true
	COVERAGE_FILE=$(CURDIR)/build/coverage/data $(BIN)/coverage combine --quiet
	COVERAGE_FILE=$(CURDIR)/build/coverage/data $(BIN)/coverage report

# Changes three pure rooms here and there, and tells which changes no test notices (their diffs: mutmut show NAME).
mutants: $(VENV)/developed system
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# Wheel and source archive in build/release, and what the wheel brings (SBOM, CycloneDX). They are made a second time from the
# unpacked archive, in another folder and with other dates of files: the same bytes, or no release.
dist: $(VENV)/developed
	rm -rf $(RELEASE) build/again && mkdir -p build/again
	$(BIN)/python -m build --no-isolation --outdir $(RELEASE)
	tar --extract --touch --strip-components 1 --directory build/again --file $(RELEASE)/*.tar.gz
	$(BIN)/python -m build --no-isolation --outdir build/again/release build/again
	for made in $(RELEASE)/*; do cmp $$made build/again/release/$${made##*/} || exit 1; done
	$(PYTHON) -m venv --without-pip --clear build/again/installed
	$(PIP) --python build/again/installed install --require-hashes --requirement requirements/run.txt
	$(PIP) --python build/again/installed install --no-deps --no-index --find-links $(RELEASE) pressroom
	sed -i "s/^dynamic = .*/version = \"$$($(BIN)/python -c 'import pressroom; print(pressroom.__version__)')\"/" build/again/pyproject.toml
	$(BIN)/cyclonedx-py environment build/again/installed --pyproject build/again/pyproject.toml --output-reproducible \
	  --output-file $(RELEASE)/pressroom.cdx.json
	cd $(RELEASE) && sha256sum *

# Versions and hashes of what this project is built and tested with, for all systems and Pythons; they name no address.
lock: $(VENV)/installed
	$(BIN)/python -m venv build/locking && build/locking/bin/python -m pip install --quiet uv
	for what in run test dev; do build/locking/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --upgrade \
	  --custom-compile-command "make lock" --output-file requirements/$$what.txt pyproject.toml \
	  $$([ $$what = run ] || echo --extra test) $$([ $$what != dev ] || echo --extra dev) || exit 1; done

# The JSON Schema that editors check publication.yaml with, from the types themselves.
schema: $(VENV)/installed
	$(BIN)/python -c "from pressroom.settings import json_schema; print(json_schema(), end='')" > book/publication.schema.json

# Whole builds, as ratios to other programs: the table in docs/speed.md. SIZES="S M L" also makes the book of 200 chapters.
SIZES := S M
benchmarks: $(VENV)/benchmarked system
	$(BIN)/python benchmarks/speed.py --sizes $(SIZES) --write docs/speed.md
	$(BIN)/python benchmarks/loop.py

# The pictures in the README, from pages that this project has made.
picture: $(VENV)/tested publication album
	$(BIN)/python docs/picture.py

# The pictures in docs/layouts.md, docs/writing.md and docs/preview.md, from what these print and show.
pictures: $(VENV)/tested system test-system $(READERS)
	$(BIN)/python docs/layout_pictures.py
	$(BIN)/python docs/writing_pictures.py
	$(BIN)/python docs/preview_pictures.py

# The profiles that come with Pressroom, from measurements; the same bytes from the same version of ArgyllCMS.
profiles: $(VENV)/installed
	$(BIN)/python docs/profiles.py

# The type specimen, on which every element of a layout can be seen.
specimen: $(VENV)/installed system
	$(BIN)/python docs/specimen.py
	$(BIN)/python -m pressroom build --root docs/specimen --out dist

# The guide, as an ebook and a PDF; its references are written from the code.
guide: $(VENV)/installed system
	$(BIN)/python docs/guide_reference.py
	$(BIN)/python -m pressroom build --root docs/guide --out dist

# A book of pictures in the layout `album`; docs/scenes draws the pictures, which takes two minutes the first time.
album: $(VENV)/tested system
	cd docs && ../$(BIN)/python -m scenes album/assets/photos
	$(BIN)/python -m pressroom build --root docs/album --out dist

# The two pictures with which `init` begins books: small files, since they are in the wheel.
starter: $(VENV)/tested
	cd docs && ../$(BIN)/python -m scenes ../pressroom/scaffold/pictures --long 1400 --quality 60 --only dunes
	cd docs && ../$(BIN)/python -m scenes ../pressroom/scaffold/pictures --long 1600 --quality 62 --only ridges

# Contact sheets of the layouts on every paper and screen, in build/looks; make looks OF="reportage a5 long" for some. And how
# even lines are, beside those of typst and LuaLaTeX where they are installed.
looks: $(VENV)/tested system
	$(BIN)/python docs/looks.py $(OF)
	$(BIN)/python benchmarks/spaces.py --languages en ru > build/looks/spaces.txt

clean:
	rm -rf $(VENV) dist .pressroom build tests/conformance/node_modules

$(VENV)/installed: pyproject.toml requirements/run.txt
	@[ -n "$(PYTHON)" ] || { echo "Pressroom needs Python 3.11 or newer, and found none. Name yours: make PYTHON=…"; exit 3; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory python-venv
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements/run.txt
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/tested: $(VENV)/installed requirements/test.txt
	$(PIP) install --require-hashes --requirement requirements/test.txt
	@touch $@

$(VENV)/developed: $(VENV)/tested requirements/dev.txt
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/benchmarked: $(VENV)/tested
	$(PIP) install --editable '.[benchmarks]'
	@touch $@

.PHONY: python-venv
python-venv:
	@if command -v apt-get >/dev/null; then $(SUDO) apt-get update -qq; $(APT) python3-venv; \
	 else echo "This Python has no venv module. Install it, then type make again."; exit 3; fi

# Pango and HarfBuzz-Subset: looked for as a build will load them; brought with apt-get or brew; else the command to type.
system: $(VENV)/installed
	@$(BIN)/python -c 'from pressroom import machine; machine.has_harfbuzz_subset() or exit(1)' 2>/dev/null || \
	 if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	   $(SUDO) apt-get update -qq && $(APT) libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; \
	 elif command -v brew >/dev/null; then brew install pango; \
	 else echo "PDFs need Pango with HarfBuzz-Subset, which could not be installed from here. Type: $$($(BIN)/python -c 'from pressroom.machine import pango_remedy; print(pango_remedy())')"; fi

# What only tests use; a machine that refuses them skips those tests and says so.
.PHONY: test-system
test-system: | system
	@if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then \
	   need=""; java --list-modules 2>/dev/null | grep -q jdk.compiler || need="$$need default-jdk-headless"; \
	   [ -f /usr/share/java/jaxb-runtime.jar ] || need="$$need libjaxb-java"; command -v qpdf >/dev/null || need="$$need qpdf"; \
	   command -v exiftool >/dev/null || need="$$need libimage-exiftool-perl"; \
	   command -v gs >/dev/null || need="$$need ghostscript"; command -v pdftotext >/dev/null || need="$$need poppler-utils"; \
	   command -v gcc >/dev/null || need="$$need gcc libc6-dev"; command -v cjpeg >/dev/null || need="$$need libjpeg-turbo-progs"; \
	   command -v node >/dev/null || need="$$need nodejs"; command -v npm >/dev/null || need="$$need npm"; \
	   command -v chromium >/dev/null || need="$$need chromium"; \
	   [ -f /usr/share/java/preflight.jar ] || need="$$need libpdfbox2-java libactivation-java libjaxb-api-java"; \
	   [ -z "$$need" ] || { $(SUDO) apt-get update -qq && $(APT) $$need; } || true; fi

$(READERS): tests/conformance/package.json | test-system
	@if command -v npm >/dev/null; then \
	   cd tests/conformance && PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-package-lock --no-audit --no-fund --loglevel=error || true; \
	 fi
