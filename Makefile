# `make demo` and `make test` are all that a newcomer needs; both install the system packages that they miss.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BINARY := .build/debug/koreai-exporter
# Package.swift reads the git commit for `build_info`; a cached manifest would keep an old one.
SWIFT_BUILD := swift build --manifest-cache none

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build-packages
build-packages:
	@scripts/install-packages libcrypt-dev libcurl4-openssl-dev libsqlite3-dev

.PHONY: build
build: build-packages ## Build the exporter for development, at .build/debug/koreai-exporter
	$(SWIFT_BUILD) --product koreai-exporter

.PHONY: release
release: build-packages ## Build the exporter for use, at .build/release/koreai-exporter
	$(SWIFT_BUILD) -c release --static-swift-stdlib --product koreai-exporter

.PHONY: demo
demo: build ## Run a simulated platform and the exporter; open the addresses that it prints
	$(BINARY) demo

.PHONY: test
test: build-packages ## Run the unit and socket tests
	swift build --build-tests
	swift test --skip-build --parallel

.PHONY: conformance
conformance: build ## Check the demo's /metrics with promtool and PyPI's prometheus-client
	@scripts/install-packages curl python3 python3-venv
	@scripts/unpack-tools prometheus
	@test -x .build/venv/bin/python || python3 -m venv .build/venv
	@.build/venv/bin/pip install --quiet --disable-pip-version-check prometheus-client==0.23.1
	scripts/with-demo scripts/conformance

.PHONY: prometheus-test
prometheus-test: build ## Let a real Prometheus scrape the demo, and ask it what it saw
	@scripts/install-packages curl python3
	@scripts/unpack-tools prometheus
	scripts/with-demo scripts/prometheus-test

.PHONY: web-test
web-test: build ## Ask the exporter with curl what --web.config.file promises: TLS, passwords, clients' certificates
	@scripts/install-packages curl openssl python3
	python3 scripts/web_test.py

.PHONY: page-test
page-test: build ## Look at the demo's pages in headless Chromium (SCREENSHOTS=FOLDER keeps pictures)
	@scripts/install-packages chromium curl python3 python3-venv
	@test -x .build/venv/bin/python || python3 -m venv .build/venv
	@.build/venv/bin/pip install --quiet --disable-pip-version-check playwright==1.65.2 axe-playwright-python==0.1.8
	scripts/with-demo .build/venv/bin/python scripts/page_test.py

.PHONY: abuse-test
abuse-test: build ## Abuse the demo's HTTP server (ABUSE=--seconds 5 …) while a good client scrapes it
	@scripts/install-packages curl python3
	scripts/with-demo python3 scripts/abuse_test.py $(ABUSE)

KILLS := 100

.PHONY: crash-test
crash-test: build ## Kill the exporter 100 times (KILLS=…) under load, and check that no count is lost or doubled
	@scripts/install-packages python3
	python3 scripts/crash_test.py --kills $(KILLS)

.PHONY: clock-crash-test
clock-crash-test: build ## The same while the exporter's clock jumps
	@scripts/install-packages python3
	@scripts/install-packages gcc libc6-dev
	cc -O2 -Wall -Wextra -Werror -shared -fPIC -o .build/moved_clock.so scripts/moved_clock.c
	python3 scripts/crash_test.py --kills $(KILLS) --moved-clock .build/moved_clock.so

CURL_TARGETS := CCurl Curl CInterposers CurlTests

.PHONY: thread-sanitizer-test
thread-sanitizer-test: build-packages ## Run Curl's tests under the thread sanitizer
	ONLY_TARGETS="$(CURL_TARGETS)" swift test --sanitize=thread --scratch-path .build/thread-sanitizer --parallel

.PHONY: address-sanitizer-test
address-sanitizer-test: build-packages ## Run Curl's tests under the address sanitizer
	ONLY_TARGETS="$(CURL_TARGETS)" swift test --sanitize=address --scratch-path .build/address-sanitizer --parallel

.PHONY: load-test
load-test: release ## Poll 1,000 simulated bots for two minutes; prints memory, CPU time and the longest wait
	@scripts/install-packages python3
	python3 scripts/load_test.py

.PHONY: schedule-benchmark
schedule-benchmark: ## Compare the schedule with a fixed interval, in simulated time; fails when a goal is missed
	ONLY_TARGETS="Scheduling schedule-benchmark" swift build -c release --scratch-path .build/benchmark --product schedule-benchmark
	.build/benchmark/release/schedule-benchmark

STORE_TARGETS := Secrets CCurl Curl KoreAI Exposition Tracking Archive archive-benchmark

.PHONY: archive-benchmark
archive-benchmark: build-packages ## Measure what the store costs: bytes, CPU time and memory for 30,000 targets
	ONLY_TARGETS="$(STORE_TARGETS)" swift build -c release --scratch-path .build/benchmark --product archive-benchmark
	.build/benchmark/release/archive-benchmark

.PHONY: curl-benchmark
curl-benchmark: build-packages ## Compare a request's cost with C on libcurl and with curl; fails when a goal is missed
	@scripts/install-packages curl gcc libc6-dev python3
	@scripts/unpack-tools nginx
	ONLY_TARGETS="CCurl Curl curl-benchmark" swift build -c release --scratch-path .build/benchmark --product curl-benchmark
	cc -O2 -Wall -Wextra -Werror -o .build/benchmark/multi Benchmarks/CurlBenchmark/multi.c -lcurl
	python3 scripts/curl_benchmark.py

.PHONY: throughput-benchmark
throughput-benchmark: release ## Poll 10,000 bots of a fast origin for five minutes, with the store on; fails when a goal is missed
	@scripts/install-packages python3
	@scripts/unpack-tools nginx
	python3 scripts/throughput_benchmark.py $(THROUGHPUT)

.PHONY: docs
docs: build ## Write the generated pages of docs/
	$(BINARY) reference > docs/metrics.md

.PHONY: lint
lint: ## Check the formatting, strictly
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

.PHONY: format
format: ## Format the sources
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build
