# Builds the tests of this post; the Makefile in the folder above includes it.
#
#   make tests      builds every test
#   make unit       builds the tests that run on the host, and runs them
#   make fuzz       looks for inputs that break the kernel, FUZZ_SECONDS=300 for each program
#   make benchmarks builds what measures on the host
#   make compdb     writes compile_commands.json, for editors
#   make syntax     only looks whether FILE would compile as a part of the kernel

.PHONY: tests unit fuzz benchmarks syntax compdb

UNIT_SOURCES  := $(sort $(wildcard tests/unit/*.cpp))
KERNEL_TESTS  := $(sort $(wildcard tests/kernel/*.cpp tests/kernel/expected_failures/*.cpp tests/bench/*.cpp))
BAD_BOOTS     := $(sort $(wildcard tests/kernel/bad_boot/*.asm))
TEST_SUPPORT  := $(sort $(wildcard tests/kernel/support/*.cpp tests/kernel/support/*.asm))
TEST_IMAGES   := $(KERNEL_TESTS:%.cpp=$(BUILD)/%.iso) $(BAD_BOOTS:%.asm=$(BUILD)/%.iso)
FUZZ_SOURCES  := $(sort $(wildcard tests/fuzz/*_fuzz.cpp))
FUZZ_PROGRAMS := $(FUZZ_SOURCES:tests/fuzz/%.cpp=$(BUILD)/tests/%)
HOST_PROGRAMS := $(BUILD)/tests/unit_tests $(BUILD)/tests/thread_tests

tests: $(HOST_PROGRAMS) $(FUZZ_PROGRAMS) $(TEST_IMAGES) $(BUILD)/kernel.iso

unit: $(HOST_PROGRAMS)
	$(Q)set -e; for program in $^; do $$program; done

syntax:
	$(Q)$(CXX) $(CXX_FLAGS) $(KERNEL_FLAGS) $(OPTIMIZE) -Werror -c $(FILE) -o /dev/null

# ---- kernels that test themselves ----------------------------------------------------------------
# Each is linked with all of the kernel but its main.cpp.
$(BUILD)/tests/%.o: CXX_FLAGS += -Itests/kernel

$(BUILD)/tests/%.elf: $(BUILD)/tests/%.cpp.o $(filter-out %/main.cpp.o,$(OBJECTS)) \
    $(TEST_SUPPORT:%=$(BUILD)/%.o) boot/linker.ld
	$(link)

# The kernel itself, entered through a stub that spoils what the boot loader has left.
$(BUILD)/tests/kernel/bad_boot/%.elf: LD_FLAGS += -e test_entry
$(BUILD)/tests/kernel/bad_boot/%.elf: $(BUILD)/tests/kernel/bad_boot/%.asm.o $(OBJECTS) boot/linker.ld
	$(link)

# This one looks whether the boot code has put everything right.
$(BUILD)/tests/kernel/machine_state.elf: LD_FLAGS += -e test_entry
$(BUILD)/tests/kernel/machine_state.elf: $(BUILD)/tests/kernel/bad_boot/registers_spoiled.asm.o

# GRUB without a menu and a search for its parts, made once for all of them: a CD with it is made,
# and boots, in half the time.
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
# Everything but the CPU: the same sources, with the sanitizers watching. The entry stubs are
# linked in for the test that reads them; they want a program at a fixed address.
HOST_FLAGS   := -O0 -g1 -fno-pic -U_FORTIFY_SOURCE -fsanitize=address,undefined -fno-sanitize-recover=undefined
UNIT_OBJECTS := $(UNIT_SOURCES:%=$(BUILD)/host/%.o) $(BUILD)/kernel/interrupts/entry.asm.o \
  $(BUILD)/host/runtime_memory.o $(BUILD)/host/kernel.a

# The kernel as a library, from which the linker takes what the tests call. Not in it is what
# would replace functions of the host.
HOST_SOURCES := kernel/runtime/search_tree.cpp \
  $(filter-out kernel/main.cpp kernel/runtime/% kernel/heap/new.cpp,$(filter kernel/%.cpp,$(SOURCES)))
$(BUILD)/host/kernel.a: $(HOST_SOURCES:%=$(BUILD)/host/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

# The kernel's memcpy and its like, under names that the C library does not have: kernel_memcpy.
$(BUILD)/host/runtime_memory.o: $(BUILD)/kernel/runtime/memory.cpp.o
	$(Q)objcopy --prefix-symbols=kernel_ $< $@

# GoogleTest's header takes longer to compile than most tests: once, for all of them.
GOOGLE_TEST := $(BUILD)/host/google_test.hpp
$(GOOGLE_TEST).gch: Makefile tests/tests.mk
	@mkdir -p $(@D)
	@echo '#include <gtest/gtest.h>' > $(GOOGLE_TEST)
	$(Q)$(CXX) $(CXX_FLAGS) $(HOST_FLAGS) -x c++-header $(GOOGLE_TEST) -o $@

$(BUILD)/host/%.cpp.o: %.cpp $(GOOGLE_TEST).gch
	@echo "  compile   $< (host)"
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXX_FLAGS) $(HOST_FLAGS) -include $(GOOGLE_TEST) -MMD -MP -c $< -o $@

$(BUILD)/tests/unit_tests: $(UNIT_OBJECTS)
	@echo "  link      $@"
	@mkdir -p $(@D)
	$(Q)$(CXX) -no-pie -z noexecstack $(HOST_FLAGS) $^ -lgtest -lgtest_main -o $@

# What an interrupt handler and the interrupted code share, with a second thread for the handler.
$(BUILD)/tests/thread_tests: $(wildcard tests/unit/thread/*.cpp) kernel/cpu/ring_buffer.hpp Makefile
	@echo "  compile   $< (ThreadSanitizer)"
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXX_FLAGS) -O1 -fsanitize=thread $(filter %.cpp,$^) -lgtest -lgtest_main -o $@

# What reads bytes that others have written, with libFuzzer for the others. It comes with clang,
# so these are built with clang whatever the kernel is built with: 16 or newer, under any name.
CLANG = $(eval CLANG := $(or $(shell for name in clang++ $(addprefix clang++-,16 17 18 19 20 21 22); do \
  version=$$($$name -dumpversion 2>&1) && [ "$${version%%.*}" -ge 16 ] && echo $$name && break; \
  done),clang++))$(CLANG)
FUZZ_FLAGS := -O1 -g1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined

$(BUILD)/fuzz/%.cpp.o: %.cpp Makefile tests/tests.mk
	@echo "  compile   $< (libFuzzer)"
	@mkdir -p $(@D)
	$(Q)$(CLANG) $(CLANG_FLAGS) $(WARNINGS) -Ikernel $(DEBUG) $(FUZZ_FLAGS) -MMD -MP -c $< -o $@

$(BUILD)/fuzz/kernel.a: $(HOST_SOURCES:%=$(BUILD)/fuzz/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/tests/%_fuzz: $(BUILD)/fuzz/tests/fuzz/%_fuzz.cpp.o $(BUILD)/fuzz/kernel.a
	@echo "  link      $@"
	@mkdir -p $(@D)
	$(Q)$(CLANG) $(FUZZ_FLAGS) $^ -o $@

# Inputs that reach something new are kept in build/fuzz/, for the next time; those that break
# something in build/fuzz/findings/. The first one found ends it all.
FUZZ_SECONDS ?= 300
ifneq ($(filter fuzz,$(MAKECMDGOALS)),)
ifeq ($(shell echo '$(FUZZ_SECONDS)' | grep -x '[1-9][0-9]*'),)
$(error FUZZ_SECONDS=$(FUZZ_SECONDS) is not a number of seconds, such as 300)
endif
endif
fuzz: $(FUZZ_PROGRAMS)
	@mkdir -p build/fuzz/findings $(FUZZ_SOURCES:tests/fuzz/%_fuzz.cpp=build/fuzz/%)
	$(Q)set -e; for name in $(FUZZ_SOURCES:tests/fuzz/%_fuzz.cpp=%); do \
	  $(BUILD)/tests/$${name}_fuzz -max_total_time=$(FUZZ_SECONDS) \
	    -artifact_prefix=build/fuzz/findings/$$name- build/fuzz/$$name tests/fuzz/corpus/$$name; done

# ---- figures on the host -------------------------------------------------------------------------
# For `make bench` in the folder above. They want libbenchmark-dev, and what they compare with.
benchmarks: $(patsubst tests/bench/host/%.cpp,$(BUILD)/tests/%,$(wildcard tests/bench/host/*.cpp))

$(BUILD)/tests/%_benchmark: tests/bench/host/%_benchmark.cpp kernel/heap/segregated_fit.cpp \
    kernel/heap/size_class_allocator.cpp $(wildcard kernel/heap/*.hpp tests/bench/*.hpp tests/bench/host/*.hpp) Makefile
	@echo "  compile   $< (benchmark)"
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXX_FLAGS) -O2 $(filter %.cpp,$^) -lbenchmark -o $@

# ---- for editors ---------------------------------------------------------------------------------
# clangd is clang, so the commands are always in clang's words.
entries = $(foreach file,$(1),'"file": "$(file)", \
  "command": "clang++ $(CLANG_FLAGS) $(WARNINGS) -Ikernel $(2) -c $(file)"')
ON_THE_HOST := $(UNIT_SOURCES) $(FUZZ_SOURCES) $(wildcard tests/unit/thread/*.cpp tests/bench/host/*.cpp)

# Each entry begins with the folder, in whose name JSON wants some characters marked.
compdb:
	@printf '%s\n' $(call entries,$(filter %.cpp,$(SOURCES) $(KERNEL_TESTS) $(TEST_SUPPORT)), \
	    $(filter-out $(GCC_KERNEL),$(KERNEL_FLAGS)) $(CLANG_KERNEL) -Itests/kernel) \
	  $(call entries,$(ON_THE_HOST)) $(call entries,$(wildcard tests/machine/*.cpp),-I../common) | \
	folder=$$PWD awk 'BEGIN { \
	    folder = ENVIRON["folder"]; separator = "["; \
	    gsub(/["\\]/, "\\\\&", folder); gsub(/\n/, "\\n", folder); gsub(/\t/, "\\t", folder) \
	  } { print separator "{\"directory\": \"" folder "\", " $$0 "}"; separator = "," } \
	  END { print "]" }' > compile_commands.json
	@echo "  wrote     compile_commands.json"
