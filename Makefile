# SPDX-License-Identifier: Apache-2.0
# The commands of this repository. Each does all of the set-up that it needs (Debian packages, OpenVINO, models) and is quick the
# second time. The real build is CMake's: see CMakePresets.json and CONTRIBUTING.md.
.PHONY: help setup build demo test test-dev test-tsan fuzz lint fmt bench clean distclean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Debian packages, OpenVINO and the models (build/deps)
	@tools/setup.sh

build: setup ## the program: build/release/bin/spotter
	@tools/build.sh release spotter

demo: build ## count and annotate the sample videos (build/demo)
	@tools/demo.sh

test: ## build everything and run all tests
	@tools/setup.sh test
	@tools/build.sh release --tests
	@ctest --test-dir build/release --output-on-failure -j "$$(nproc)"

test-dev: ## the same with AddressSanitizer and UndefinedBehaviorSanitizer
	@tools/setup.sh test
	@tools/build.sh dev --tests
	@TBB_ENABLE_SANITIZERS=1 ctest --test-dir build/dev --output-on-failure

test-tsan: ## the same with ThreadSanitizer (recorded inference)
	@tools/setup.sh test
	@tools/build.sh tsan --tests
	@TBB_ENABLE_SANITIZERS=1 ctest --test-dir build/tsan --output-on-failure

fuzz: ## libFuzzer targets, FUZZ_SECONDS=60 each
	@tools/setup.sh lint
	@tools/build.sh fuzz $$(find src fuzz -name '*_fuzz.cc' -printf '%f ' | sed 's/\.cc / /g')
	@tools/fuzz.sh

lint: ## clang-format, clang-tidy, includes, style
	@tools/setup.sh test lint
	@tools/lint.sh

fmt: ## format the code in place
	@tools/setup.sh lint
	@tools/lint.sh --fix

bench: ## micro-benchmarks, then the program on the samples
	@tools/setup.sh test bench
	@tools/build.sh bench
	@tools/bench.sh

clean: ## remove what was built; downloads stay (build/deps)
	@rm -rf build/release build/dev build/tsan build/fuzz build/bench build/demo build/*.log

distclean: ## remove everything that is not in git
	@rm -rf build
