# What a newcomer needs: make run, make test. Go is all that has to be there.

# Where the treebanks and development sets lie, and what tools/ made of them; only
# score, train, judge and classifier want them.
SHARED ?= ../shared
VECTORS ?= out/vectors.txt
TAUGHT ?= out/taught.conllu
CLUES ?= out/triggers.jsonl
FUZZTIME ?= 1m

.PHONY: run sample serve build page page-check check test bench crash fuzz score train judge classifier clean

# Where the pages are served.
ADDR ?= 127.0.0.1:8080

# Builds dyad, codes the sample corpus, prints a brief of a pair out of it, and serves the
# pages over it until it is interrupted; where CI is set it ends with the brief.
run: sample
ifndef CI
	./dyad serve --addr $(ADDR) --store out/sample.duckdb
endif

# Codes the sample corpus and prints what it found; keeps it in a store and prints a brief
# of a pair out of it.
sample: build
	./dyad code --format table --records events,visits,claims corpus/stories.jsonl
	@mkdir -p out && rm -f out/sample.duckdb
	./dyad ingest --quiet --store out/sample.duckdb corpus/stories.jsonl
	./dyad brief --store out/sample.duckdb --since 2023-06 Iran Pakistan

# Serves what make run or make sample coded, with what was corrected there since.
serve: build
	@[ -e out/sample.duckdb ] || $(MAKE) sample
	./dyad serve --addr $(ADDR) --store out/sample.duckdb

build:
	go build -o dyad ./cmd/dyad

# The analyst's pages, which are in the program where Node 20 was there to build them.
PAGE = web/app/dist/index.html
PAGE_SOURCES = $(shell find web/app/src web/app/public -type f) web/app/index.html web/app/vite.config.ts
ifneq ($(shell command -v node),)
build: $(PAGE)
endif
page: $(PAGE)
page-check: $(PAGE)
	cd web/app && npm run check && npm test
$(PAGE): $(PAGE_SOURCES) web/app/package-lock.json
	@cd web/app && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-fund; } && npm run build || \
		echo "the pages could not be built; dyad goes without, and says so in their place" >&2

# The codebook: every fault, every example, the canonical form, the case files.
check: build
	./dyad check
	./dyad fmt --check
	./dyad test

test:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then \
		echo "these files want gofmt -w:" >&2; echo "$$unformatted" >&2; exit 1; fi
	go vet ./...
	go test ./...

# Speed of each stage, with allocations.
bench:
	go test -run '^$$' -bench . -benchmem ./...

# Each fuzz target for FUZZTIME.
fuzz:
	@set -e; for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

# Accuracy on the development sets, kept in testdata/score.txt.
score: build
	./dyad score --data $(SHARED) | tee testdata/score.txt

# Fits the language model anew. nlp/MODEL_CARD.md says how the vectors and the
# taught text are made.
train: build
	./dyad train --epochs 10 --seed 1 --workers 2 --vectors $(VECTORS) \
		--train $(SHARED)/treebanks/en_ewt-train.conllu \
		--train $(SHARED)/treebanks/en_gum-free-train.conllu \
		--taught $(TAUGHT) \
		--dev $(SHARED)/treebanks/en_ewt-dev.conllu

# Fits the coder's judge anew. coder/JUDGE_CARD.md says how the clues are made.
judge: build
	./dyad train --clues $(CLUES) --vectors $(VECTORS) --epochs 6

# Fits the classifier anew, after rules or the coder have changed.
classifier: build
	./dyad train --pairs $(SHARED)/gold-dev/relations.jsonl --quads $(SHARED)/gold-dev/quad.jsonl \
		--pairs testdata/gold/cooperation.jsonl --pairs testdata/gold/conflict.jsonl \
		--quads testdata/gold/statements.jsonl

clean:
	rm -f dyad

# Ingest is killed a hundred times and started again; nothing may be lost.
crash:
	KILLS=100 go test -count 1 -timeout 60m -run TestKilledIngestLosesNothing -v ./cmd/dyad
