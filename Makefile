# `make demo` and `make test` are all that a newcomer needs; both install the system packages that they miss.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BINARY := .build/debug/koreai-exporter

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build-packages
build-packages:
	@scripts/install-packages libcurl4-openssl-dev libsqlite3-dev

.PHONY: build
build: build-packages ## Build the exporter for development, at .build/debug/koreai-exporter
	swift build --product koreai-exporter

.PHONY: release
release: build-packages ## Build the exporter for use, at .build/release/koreai-exporter
	swift build -c release --static-swift-stdlib --product koreai-exporter

.PHONY: demo
demo: build ## Run a simulated platform and the exporter; open the addresses that it prints
	$(BINARY) demo

.PHONY: test
test: build-packages ## Run the unit and socket tests
	swift build --build-tests
	swift test --skip-build --parallel

.PHONY: lint
lint: ## Check the formatting, strictly
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

.PHONY: format
format: ## Format the sources
	swift format --in-place --recursive --parallel Package.swift Sources Tests

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build
