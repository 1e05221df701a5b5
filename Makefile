# The commands of the series. `make help` lists them.

SHELL := /bin/bash
POST     ?=
IMAGE    ?= kernel
OPTIMIZE := -O2

# Build folders are named after the compiler and, in the posts, its options.
ifeq ($(strip $(CXX)),)
override CXX := g++
endif
CXX_NAME := $(shell printf %s '$(CXX)' | tr -c '[:alnum:]+.-' _)
BUILD    := build/$(shell printf %s '$(CXX)$(OPTIMIZE)' | tr -c '[:alnum:]+.-' _)# in a post
TOOLS    := common/build/$(CXX_NAME)

# A command works on one post, by default the newest, or on several, by default all, as in
# POST="01 02". It checks first that they exist, so POSTS need not complain.
post        = $$(common/posts/post.sh "$(POST)")
check_post  = @common/posts/post.sh "$(POST)" > /dev/null
POSTS       = $(shell common/posts/post.sh $(or $(POST),--all) 2> /dev/null)
check_posts = @common/posts/post.sh $(POST) > /dev/null

# $(call locked,FOLDER,ARGUMENTS) calls make in a folder. Two builds at once in one folder would write
# the same files: the second waits until the first is done.
locked = flock $(1)/Makefile $(MAKE) --no-print-directory -C $(1) $(2)

.DEFAULT_GOAL := help
.PHONY: help run test debug fuzz bench lines figures follow exercise diff ripple check-stages doctor lint \
  systems clean can_compare

help:
	@echo "Writing an OS in C++"
	@echo
	@echo "  make run   [POST=01]    boot the newest kernel, or a post's; EXPERIMENT= breaks it"
	@echo "  make test  [POST=01]    run all tests, or a post's; FILTER='*Screen*' for some;"
	@echo "                          AGAIN=1 also repeats those that have passed already"
	@echo "  make debug [POST=01]    boot a kernel under gdb, stopped at kernel_main"
	@echo "  make fuzz  [POST=05]    search for inputs that break a post; FUZZ_SECONDS=60"
	@echo "  make bench [POST=05]    measure boot times, instructions, sizes, code lines"
	@echo "  make lines [POST=05]    count the kernels' code lines; a post's file by file"
	@echo "  make figures            draw the figures anew, and take new pictures of the screens"
	@echo "  make exercise [POST=03] list a post's exercises; NAME=peek judges your solution of one"
	@echo "  make follow [POST=03]   do all that a post's articles say, and compare; LIST=1 lists the"
	@echo "                          steps; STEP=eoi DIR=my-kernel leaves the tree behind a step"
	@echo
	@echo "  make diff FROM=01 TO=02 show what a post changes; also STAT=1, FILE=…"
	@echo "  make ripple FROM=01     carry an uncommitted change into all later posts"
	@echo "  make check-stages       compare each README's \"What changed\" with the files"
	@echo
	@echo "  make doctor             list the packages that are needed and those found"
	@echo "  make systems            try the commands on other releases of Debian; also LONG=1"
	@echo "  make lint               check format, spelling, clang-tidy, clangd, shell"
	@echo "  make clean              remove everything that was built"
	@echo
	@echo "  CXX=clang++, IMAGE=tests/kernel/…     another compiler; one of a post's test kernels"

run:
	$(check_post)
	@common/setup/setup.sh run
ifeq ($(origin EXPERIMENT),undefined)
	@$(MAKE) --no-print-directory -C $(post) run
else
	@common/setup/setup.sh compare
	@+$(if $(EXPERIMENT),$(call locked,$(post),-s))
	@+POST_BUILD=$(BUILD) common/scratch/experiment.py $(post) "$(EXPERIMENT)" ./run.sh $(BUILD)/$(IMAGE).iso
endif

# All test programs, NAME=PROGRAM: those of common/, and each post's on the host and on machines.
TEST_PROGRAMS = $(if $(POST),,common/bench=$(TOOLS)/bench_tests) $(foreach p,$(POSTS), \
  $(p)/unit=$(p)/$(BUILD)/tests/unit_tests \
  $(if $(wildcard $(p)/tests/unit/thread),$(p)/threads=$(p)/$(BUILD)/tests/thread_tests) \
  $(p)/machine=$(TOOLS)/$(p)/machine_tests)

# The posts share most of their files, and ccache compiles each of those once. It works through a
# folder of compilers that Debian's package brings; on other systems the tests just build slower.
test: export PATH := /usr/lib/ccache:$(PATH)
test: export CCACHE_DIR := $(CURDIR)/common/build/ccache
test: export CCACHE_SLOPPINESS := pch_defines,time_macros# required for precompiled headers
test:
	$(check_posts)
	@common/setup/setup.sh test
	@+for post in $(POSTS); do $(call locked,$$post,tests) || exit 1; done
	@+$(call locked,common,POSTS="$(POSTS)")
	@files=$$(mktemp -d) && trap 'rm -rf "$$files"' EXIT && export TMPDIR=$$files && \
	  POST_BUILD=$(BUILD) COMMON="$$PWD/common" BOOT_SECTORS="$$PWD/common/build/boot_sectors" \
	  JUDGE="$$PWD/$(TOOLS)/judge" \
	  $(TOOLS)/run_all $(TOOLS)/passed $(if $(FILTER),--gtest_filter='$(FILTER)') $(TEST_PROGRAMS)

debug:
	$(check_post)
	@common/setup/setup.sh debug
ifeq ($(origin EXPERIMENT),undefined)
	@+$(call locked,$(post),IMAGE="$(IMAGE)")
	@common/debug/debug.sh $(post)/$(BUILD)/$(IMAGE)
else
	@common/setup/setup.sh compare
	@+$(if $(EXPERIMENT),$(call locked,$(post),-s))
	@+POST_BUILD=$(BUILD) common/scratch/experiment.py $(post) "$(EXPERIMENT)" \
	  "$$PWD/common/debug/debug.sh" $(BUILD)/$(IMAGE)
endif

exercise:
	$(check_post)
	@common/setup/setup.sh test
	@+$(if $(NAME),$(call locked,common,-s tools))
	@+POST_BUILD=$(BUILD) JUDGE="$$PWD/$(TOOLS)/judge" common/scratch/exercise.py $(post) "$(NAME)" \
	  $(if $(DIR),--of "$(DIR)") $(if $(SOLUTION),--solution)

fuzz:
	$(check_posts)
	@common/setup/setup.sh test
	@$(if $(wildcard $(POSTS:%=%/tests/fuzz)),,echo "There is nothing to fuzz in $(POSTS).")
	@for post in $(patsubst %/tests/fuzz,%,$(wildcard $(POSTS:%=%/tests/fuzz))); do \
	  $(MAKE) --no-print-directory -C $$post fuzz || exit 1; done

bench:
	$(check_post)
	@common/setup/setup.sh bench
	@+for post in $(POSTS); do $(call locked,$$post,-s tests) || exit 1; done
	@+for post in $(patsubst %/tests/bench/host,%,$(wildcard $(POSTS:%=%/tests/bench/host))); do \
	  $(call locked,$$post,-s benchmarks) || exit 1; done
	@+$(call locked,common,-s tools)
	@CXX_NAME=$(CXX_NAME) common/bench/bench.py $(POST)

# Two articles show the picture of a panic: the prologue one of post 01's test kernels, and the
# second of post 06 one of its own.
PANIC      := tests/kernel/expected_failures/panic
HEAP_PANIC := tests/kernel/expected_failures/heap_freed_twice

figures:
	$(check_posts)
	@common/setup/setup.sh test
	@common/figures/figures.py
	@+for post in $(POSTS); do $(call locked,$$post) || exit 1; done
	@+$(call locked,common,tools)
	@mkdir -p docs/figures
	@for post in $(POSTS); do $(TOOLS)/screenshot \
	  $$post/$(BUILD)/kernel.iso docs/figures/$${post:0:7}-screen.png || exit 1; done
	@+for post in $(filter post-01-%,$(POSTS)); do $(call locked,$$post,IMAGE=$(PANIC)) && \
	  $(TOOLS)/screenshot $$post/$(BUILD)/$(PANIC).iso docs/figures/panic-screen.png || exit 1; done
	@+for post in $(filter post-06-%,$(POSTS)); do $(call locked,$$post,IMAGE=$(HEAP_PANIC)) && \
	  $(TOOLS)/screenshot $$post/$(BUILD)/$(HEAP_PANIC).iso docs/figures/heap-panic-screen.png || exit 1; done

# CI is set, so that a warning is an error: no reader meets one.
follow: export PATH := /usr/lib/ccache:$(PATH)
follow: export CCACHE_DIR := $(CURDIR)/common/build/ccache
follow:
	@common/setup/setup.sh test
	@common/follow/follow.py $(POST) $(if $(LIST),--list) $(if $(STEP),--step "$(STEP)") \
	  $(if $(DIR),--folder "$(DIR)")

lines diff ripple check-stages: can_compare
can_compare:
	@common/setup/setup.sh compare

lines:
	@common/posts/lines.py $(POST)

diff:
	@common/posts/diff.py "$(FROM)" "$(TO)" $(if $(STAT),--stat) $(if $(FILE),--file "$(FILE)")

ripple:
	@common/posts/ripple.py "$(FROM)" $(if $(KEEP),--keep "$(KEEP)")

check-stages:
	@common/posts/check_stages.py

doctor:
	@common/setup/doctor.sh

lint:
	@common/setup/setup.sh lint
	@common/posts/git.py "make lint"
	@common/lint/lint.sh

systems:
	@common/setup/setup.sh systems
	@common/systems/systems.py $(if $(LONG),--long) $(SYSTEMS)

clean:
	@for post in $$(common/posts/post.sh --all); do \
	  $(MAKE) --no-print-directory -s -C $$post clean; done
	@rm -rf common/build
