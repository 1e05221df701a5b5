# Builds the tests of this post; the Makefile in the folder above includes it. It is the same in all
# posts: those without fuzz programs, thread tests or benchmarks build none.
#
#   make tests      builds every test
#   make unit       builds the tests that run on the host, and runs them
#   make fuzz       looks for inputs that break the kernel, FUZZ_SECONDS=300 for each program
#   make benchmarks builds what measures on the host
#   make syntax     checks whether FILE would compile as a part of the kernel

.PHONY: tests unit fuzz fuzz_programs benchmarks syntax

HEADERS       := $(shell find kernel tests -name '*.hpp')
KERNEL_TESTS  := $(sort $(wildcard tests/kernel/*.cpp tests/kernel/expected_failures/*.cpp tests/bench/*.cpp))
BAD_BOOTS     := $(sort $(wildcard tests/kernel/bad_boot/*.asm))
TEST_SUPPORT  := $(sort $(wildcard tests/kernel/support/*.cpp tests/kernel/support/*.asm))
UNIT_SOURCES  := $(sort $(wildcard tests/unit/*.cpp tests/unit/support/*.cpp))
THREAD_TESTS  := $(sort $(wildcard tests/unit/thread/*.cpp))
FUZZ_NAMES    := $(patsubst tests/fuzz/%_fuzz.cpp,%,$(sort $(wildcard tests/fuzz/*_fuzz.cpp)))
IMAGES        := kernel $(KERNEL_TESTS:%.cpp=%) $(BAD_BOOTS:%.asm=%)
HOST_PROGRAMS := $(BUILD)/tests/unit_tests $(if $(THREAD_TESTS),$(BUILD)/tests/thread_tests)
FUZZ_PROGRAMS := $(FUZZ_NAMES:%=$(BUILD)/tests/%_fuzz)

ifeq ($(filter $(IMAGES),$(IMAGE)),)
$(info There are these images:)$(foreach image,$(IMAGES),$(info $(image)))$(error There is no image "$(IMAGE)")
endif

tests: $(HOST_PROGRAMS) $(FUZZ_PROGRAMS) $(IMAGES:%=$(BUILD)/%.iso)

unit: $(HOST_PROGRAMS)
	$(Q)set -e; for program in $^; do $$program; done

syntax:
	$(Q)$(CXX) $(CXX_FLAGS) $(KERNEL_FLAGS) $(OPTIMIZE) -Werror -MMD -MF $(FILE).d -c $(FILE) -o /dev/null

# ---- kernels that test themselves ----------------------------------------------------------------
# The headers that most of them include take longer to compile than the tests: they are compiled once,
# for all but the test that wants the library's headers with other settings. (Not with clang: ccache
# would take what it has made of them to another folder, where it does not know them again.)
TEST_HEADERS := $(BUILD)/tests/headers.hpp
$(TEST_HEADERS).gch: Makefile tests/tests.mk
	@mkdir -p $(@D)
	@printf '#include "%s"\n' $(wildcard $(addprefix tests/kernel/support/,kernel_test.hpp machine_with_heap.hpp)) > $(TEST_HEADERS)
	$(Q)$(CXX) $(CXX_FLAGS) $(KERNEL_FLAGS) $(OPTIMIZE) -I. -Itests/kernel -MMD -MP -x c++-header $(TEST_HEADERS) -o $@

TEST_OBJECTS := $(if $(IS_CLANG),,$(patsubst %,$(BUILD)/%.o,$(filter-out %/library_assertion.cpp,$(KERNEL_TESTS))))
$(TEST_OBJECTS): $(TEST_HEADERS).gch
$(TEST_OBJECTS): private CXX_FLAGS += -include $(TEST_HEADERS)

# Each is linked with all of the kernel but its main.cpp.
$(BUILD)/tests/%.o: private CXX_FLAGS += -Itests/kernel

$(BUILD)/tests/%.elf: $(BUILD)/tests/%.cpp.o $(filter-out %/main.cpp.o,$(OBJECTS)) \
    $(TEST_SUPPORT:%=$(BUILD)/%.o) boot/linker.ld $(sort $(FOLDERS) $(dir $(TEST_SUPPORT)))
	$(link)

# The kernel itself, entered through a stub that overwrites what the boot loader has left.
$(BUILD)/tests/kernel/bad_boot/%.elf: LD_FLAGS += -e test_entry
$(BUILD)/tests/kernel/bad_boot/%.elf: $(BUILD)/tests/kernel/bad_boot/%.asm.o $(OBJECTS) boot/linker.ld $(FOLDERS)
	$(link)

# This one checks that the boot code has set every register.
$(BUILD)/tests/kernel/machine_state.elf: LD_FLAGS += -e test_entry
$(BUILD)/tests/kernel/machine_state.elf: $(BUILD)/tests/kernel/bad_boot/registers_spoiled.asm.o

# One GRUB for all of them, with neither a menu nor modules to look for: a CD with it takes half the
# time to make and to boot.
$(BUILD)/tests/grub.img: tests/kernel/grub.cfg tests/tests.mk
	@echo "  image     $@"
	@mkdir -p $(@D)
	$(Q)$(GRUB)-mkimage -O i386-pc-eltorito -p /boot -c $< -o $@ biosdisk iso9660 multiboot2 boot

$(BUILD)/tests/%.iso: $(BUILD)/tests/%.elf $(BUILD)/tests/grub.img
	@echo "  image     $@"
	@mkdir -p $(BUILD)/tests/$*.files/boot
	$(Q)strip $< -o $(BUILD)/tests/$*.files/boot/kernel.elf
	@cp $(BUILD)/tests/grub.img $(BUILD)/tests/$*.files/boot/
	$(Q)xorriso -as mkisofs -quiet -b boot/grub.img -no-emul-boot -boot-load-size 4 -boot-info-table \
	  -o $@ $(BUILD)/tests/$*.files > $@.log 2>&1 || { cat $@.log; false; }

# ---- tests on the host ---------------------------------------------------------------------------
# The kernel's sources again, compiled for the host, with the sanitizers watching. The linker takes
# those that a test needs out of the archive. Left out is what would replace a part of the host's
# own runtime library.
HOST_FLAGS   := -O0 -g1 -fno-pic -U_FORTIFY_SOURCE -fsanitize=address,undefined -fno-sanitize-recover=undefined
HOST_SOURCES := $(wildcard kernel/runtime/search_tree.cpp) \
  $(filter-out kernel/main.cpp kernel/runtime/% kernel/heap/new.cpp,$(filter %.cpp,$(SOURCES)))

# GoogleTest's header takes longer to compile than most tests: it is compiled once for all of them.
GOOGLE_TEST := $(BUILD)/host/google_test.hpp
$(GOOGLE_TEST).gch: Makefile tests/tests.mk
	@mkdir -p $(@D)
	@echo '#include <gtest/gtest.h>' > $(GOOGLE_TEST)
	$(Q)$(CXX) $(CXX_FLAGS) $(HOST_FLAGS) -x c++-header $(GOOGLE_TEST) -o $@

UNIT_OBJECTS := $(UNIT_SOURCES:%=$(BUILD)/host/%.o)
$(UNIT_OBJECTS): $(GOOGLE_TEST).gch
$(UNIT_OBJECTS): private HOST_FLAGS += -include $(GOOGLE_TEST)
$(BUILD)/host/%.cpp.o: %.cpp Makefile tests/tests.mk
	@echo "  compile   $< (host)"
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXX_FLAGS) $(HOST_FLAGS) -MMD -MP -c $< -o $@

$(BUILD)/host/kernel.a: $(HOST_SOURCES:%=$(BUILD)/host/%.o) $(FOLDERS)
	@rm -f $@
	$(Q)ar rcsD $@ $(filter %.o,$^)

# The kernel's memcpy and the like, under names that the C library does not have: kernel_memcpy.
$(BUILD)/host/runtime_memory_functions.o: $(BUILD)/kernel/runtime/memory_functions.cpp.o
	@mkdir -p $(@D)
	$(Q)objcopy --prefix-symbols=kernel_ $< $@

# The entry stubs, if there are any yet, are linked in for the test that reads them. They need a
# program at a fixed address.
STUBS := $(patsubst %,$(BUILD)/%.o,$(wildcard kernel/interrupts/stubs.asm))
$(BUILD)/tests/unit_tests: $(UNIT_OBJECTS) $(STUBS) \
    $(BUILD)/host/runtime_memory_functions.o $(BUILD)/host/kernel.a
	@echo "  link      $@"
	@mkdir -p $(@D)
	$(Q)$(CXX) -no-pie -z noexecstack $(HOST_FLAGS) $^ -lgtest -lgtest_main -o $@
	@sha256sum $^ > $@.objects

# What an interrupt handler and the interrupted code share, with a second thread for the handler.
$(BUILD)/thread/%.cpp.o: %.cpp $(HEADERS) Makefile
	@echo "  compile   $< (ThreadSanitizer)"
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXX_FLAGS) -O1 -fsanitize=thread -c $< -o $@

$(BUILD)/tests/thread_tests: $(THREAD_TESTS:%=$(BUILD)/thread/%.o)
	@echo "  link      $@"
	@mkdir -p $(@D)
	$(Q)$(CXX) -fsanitize=thread $^ -lgtest -lgtest_main -o $@
	@sha256sum $^ > $@.objects

# What reads bytes that others have written is given random ones by libFuzzer. It comes with clang,
# so these are built with clang 16 or newer, whatever the kernel is built with.
FUZZ_CXX = $(eval FUZZ_CXX := $(or $(shell for name in clang++ $(addprefix clang++-,16 17 18 19 20 21 22); do \
  version=$$($$name -dumpversion 2>&1) && [ "$${version%%.*}" -ge 16 ] && echo $$name && break; \
  done),clang++))$(FUZZ_CXX)
CCACHE     := $(notdir $(shell command -v ccache))
FUZZ_FLAGS := -O1 -g1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined

FUZZ_PARTS := $(filter-out kernel/console/% kernel/interrupts/%,$(HOST_SOURCES))

$(BUILD)/fuzz/%.cpp.o: %.cpp Makefile tests/tests.mk
	@echo "  compile   $< (libFuzzer)"
	@mkdir -p $(@D)
	$(Q)$(CCACHE) $(FUZZ_CXX) -std=c++2b $(CLANG) $(WARNINGS) -Ikernel $(DEBUG) $(FUZZ_FLAGS) -MMD -MP -c $< -o $@

$(BUILD)/fuzz/kernel.a: $(FUZZ_PARTS:%=$(BUILD)/fuzz/%.o) $(FOLDERS)
	@rm -f $@
	$(Q)ar rcsD $@ $(filter %.o,$^)

$(BUILD)/tests/%_fuzz: $(BUILD)/fuzz/tests/fuzz/%_fuzz.cpp.o $(BUILD)/fuzz/kernel.a
	@echo "  link      $@"
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CXX) $(FUZZ_FLAGS) $(filter %.o %.a,$^) -o $@

# Inputs that reach something new are kept in build/fuzz/, for the next time; those that break
# something in build/fuzz/findings/. The first of these ends the search. The folder is locked only for
# the build, as for `make run`: the search is long.
FUZZ_SECONDS ?= 300
ifneq ($(filter fuzz,$(MAKECMDGOALS)),)
ifeq ($(shell echo '$(FUZZ_SECONDS)' | grep -x '[1-9][0-9]*'),)
$(error FUZZ_SECONDS=$(FUZZ_SECONDS) is not a number of seconds, such as 300)
endif
endif
fuzz_programs: $(FUZZ_PROGRAMS)

fuzz:
	@flock Makefile $(MAKE) --no-print-directory JOBS= fuzz_programs
	@mkdir -p build/fuzz/findings $(FUZZ_NAMES:%=build/fuzz/%)
	$(Q)set -e; for name in $(FUZZ_NAMES); do \
	  $(BUILD)/tests/$${name}_fuzz -max_total_time=$(FUZZ_SECONDS) \
	    -artifact_prefix=build/fuzz/findings/$$name- build/fuzz/$$name tests/fuzz/corpus/$$name; done

# ---- figures on the host -------------------------------------------------------------------------
# For `make bench` in the folder above. They need libbenchmark-dev, and what they compare with.
benchmarks: $(patsubst tests/bench/host/%.cpp,$(BUILD)/tests/%,$(wildcard tests/bench/host/*.cpp))

$(BUILD)/tests/%_benchmark: tests/bench/host/%_benchmark.cpp \
    $(wildcard kernel/heap/segregated_fit.cpp kernel/heap/size_class_allocator.cpp) $(HEADERS) Makefile
	@echo "  compile   $< (benchmark)"
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXX_FLAGS) -O2 $(filter %.cpp,$^) -lbenchmark -o $@

-include $(shell find $(BUILD)/tests $(BUILD)/host $(BUILD)/fuzz -name '*.d' 2> /dev/null)
