# The one door to the series. `make help` shows what is behind it.

SHELL := /bin/bash
POST  ?=
IMAGE ?= kernel

# The name of the compiler's build folders, as the posts make it too: CXX may have a wrapper in
# front and options behind it.
ifeq ($(strip $(CXX)),)
override CXX := g++
endif
CXX_WITH := $(subst =,_,$(subst /,_,$(subst $() $(),,$(filter -%,$(CXX)))))
CXX_NAME := $(notdir $(lastword $(filter-out -%,$(CXX))))$(CXX_WITH)

# What a command works on: one post, or for some commands several, as in POST="01 02". Each
# command looks first whether they exist and says so once; here nothing is said.
post  = $$(common/posts/post.sh "$(POST)")
POSTS = $(shell common/posts/post.sh $(or $(POST),--all) 2> /dev/null)

# Two builds at once in one folder would write the same files: the second waits for the first.
# locked FOLDER ARGUMENTS calls make in the folder.
locked = mkdir -p $(1)/build && flock $(1)/build/lock $(MAKE) --no-print-directory -C $(1) $(2)

.DEFAULT_GOAL := help
.PHONY: help run test debug fuzz bench lines figures diff ripple check-stages compdb doctor lint systems clean

help:
	@echo "Writing an OS in C++"
	@echo
	@echo "  make run  [POST=01]        boot a post's kernel (default: the newest)"
	@echo "  make test [POST=01]        every test of every post, or of one; FILTER='*Screen*' for some"
	@echo "  make debug [POST=01]       boot it with gdb attached, stopped at kernel_main"
	@echo "  make fuzz [POST=05]        look for inputs that break a post; FUZZ_SECONDS=300 for each program"
	@echo "  make bench                 the figures: boot times, instructions, sizes; also as bench.md, bench.json"
	@echo "  make lines [POST=05]       the kernels' code lines beside their targets; a post's, file by file"
	@echo "  make figures               take the pictures of the kernels' screens again"
	@echo
	@echo "  make diff FROM=01 TO=02    what a post changes; STAT=1 the summary, FILE=… one file"
	@echo "  make ripple FROM=01        carry an uncommitted change into the posts behind it"
	@echo "  make check-stages          hold every post's \"What changed\" against the tree"
	@echo
	@echo "  make doctor                what of the needed packages is here, in which version"
	@echo "  make compdb                compile_commands.json for editors, in every post"
	@echo "  make systems [SYSTEMS=sid] try the commands on other releases of Debian; LONG=1 tries them all"
	@echo "  make lint                  format, clang-tidy, clangd, shellcheck"
	@echo "  make clean                 remove everything that was built"
	@echo
	@echo "  CXX=clang++ make …         with another compiler"
	@echo "  IMAGE=tests/kernel/…       for run and debug: one of the kernels of a post's tests"

run:
	@common/posts/post.sh "$(POST)" > /dev/null
	@common/setup/setup.sh run
	@$(MAKE) --no-print-directory -C $(post) run

# One summary over all programs: the bench's own tests, and each post's on the host and on machines.
TEST_PROGRAMS = $(if $(POST),,common/bench=common/build/$(CXX_NAME)/bench_tests) $(foreach p,$(POSTS),\
  $(p)/unit=$(p)/build/$(CXX_NAME)-O2/tests/unit_tests \
  $(if $(wildcard $(p)/tests/unit/thread),$(p)/threads=$(p)/build/$(CXX_NAME)-O2/tests/thread_tests) $(p)/machine=common/build/$(CXX_NAME)/$(p)/machine_tests)

# The posts share most of their files: ccache compiles those once. Where the folder of its
# compilers is another or none, nothing changes but the time that it takes.
test: export PATH := /usr/lib/ccache:$(PATH)
test: export CCACHE_DIR := $(CURDIR)/common/build/ccache
test: export CCACHE_SLOPPINESS := pch_defines,time_macros# what it wants for precompiled headers
test:
	@common/posts/post.sh $(POST) > /dev/null
	@common/setup/setup.sh test
	@+for post in $(POSTS); do $(call locked,$$post,tests) || exit 1; done
	@+$(call locked,common,POSTS="$(POSTS)")
	@files=$$(mktemp -d) && trap 'rm -rf "$$files"' EXIT && export TMPDIR=$$files && \
	  POST_BUILD=build/$(CXX_NAME)-O2 COMMON="$$PWD/common" BOOT_SECTORS="$$PWD/common/build/boot_sectors" \
	  common/build/$(CXX_NAME)/run_all $(if $(FILTER),--gtest_filter='$(FILTER)') $(TEST_PROGRAMS)

debug:
	@common/posts/post.sh "$(POST)" > /dev/null
	@common/setup/setup.sh debug
	@$(MAKE) --no-print-directory -C $(post) image IMAGE="$(IMAGE)"
	@common/debug/debug.sh $(post)/build/$(CXX_NAME)-O2/$(IMAGE)

fuzz:
	@common/posts/post.sh $(POST) > /dev/null
	@common/setup/setup.sh test
	@$(if $(wildcard $(POSTS:%=%/tests/fuzz)),,echo "There is nothing to fuzz in $(POSTS).")
	@for post in $(dir $(wildcard $(POSTS:%=%/tests/fuzz))); do \
	  $(MAKE) --no-print-directory -C $${post%tests/} fuzz || exit 1; done

bench:
	@common/posts/post.sh "$(POST)" > /dev/null
	@common/setup/setup.sh bench
	@+for post in $(POSTS); do $(call locked,$$post,-s tests) || exit 1; done
	@for post in $(dir $(wildcard $(POSTS:%=%/tests/bench/host))); do \
	  $(MAKE) --no-print-directory -s -C $${post%tests/bench/} benchmarks || exit 1; done
	@+$(call locked,common,-s tools)
	@CXX_NAME=$(CXX_NAME) common/bench/bench.sh $(POST)

lines:
	@common/posts/lines.py $(POST)

figures:
	@common/posts/post.sh $(POST) > /dev/null
	@common/setup/setup.sh test
	@+for post in $(POSTS); do $(call locked,$$post) || exit 1; done
	@+$(call locked,common,tools)
	@mkdir -p docs/figures
	@for post in $(POSTS); do common/build/$(CXX_NAME)/screenshot \
	  $$post/build/$(CXX_NAME)-O2/kernel.iso docs/figures/$${post:0:7}-screen.png || exit 1; done

diff:
	@common/posts/diff.py "$(FROM)" "$(TO)" $(if $(STAT),--stat) $(if $(FILE),--file "$(FILE)")

ripple:
	@common/posts/ripple.py "$(FROM)" $(if $(KEEP),--keep "$(KEEP)")

check-stages:
	@common/posts/check_stages.py

doctor:
	@common/setup/doctor.sh

compdb:
	@for post in $$(common/posts/post.sh --all); do $(MAKE) --no-print-directory -s -C $$post compdb || exit 1; done

lint:
	@common/setup/setup.sh lint
	@common/posts/git.py "make lint"
	@$(MAKE) --no-print-directory -s compdb
	@common/lint/lint.sh

systems:
	@common/setup/setup.sh systems
	@common/systems/systems.py $(if $(LONG),--long) $(SYSTEMS)

clean:
	@for post in $$(common/posts/post.sh --all); do $(MAKE) --no-print-directory -s -C $$post clean; done
	@rm -rf common/build
