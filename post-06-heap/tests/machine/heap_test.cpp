// Mistakes with the heap are found, and named on the panic screen.

#include "machine/bochs.hpp"
#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

// A kernel that makes a mistake, and what it prints, with addresses replaced by 0x#.
struct Failing {
    std::string kernel;
    std::string says;

    friend std::ostream& operator<<(std::ostream& stream, const Failing& failing) {
        return stream << failing.kernel;
    }
};

class Heap : public testing::TestWithParam<Failing> {};

TEST_P(Heap, NamesTheMistake) {
    Machine machine{Boot::iso(post_image("tests/kernel/expected_failures/" + GetParam().kernel))};
    EXPECT_EQ(machine.wait_for_end(), End::panicked);
    const std::string said = with_matches_replaced(machine.serial(), "0x[0-9a-f]+", "0x#");
    EXPECT_TRUE(said.starts_with(GetParam().says)) << said;
}

const Failing all[] = {
    {"heap_freed_twice", "Deleting the int at 0x# again ...\n\n"
                         "KERNEL PANIC: HEAP: a block was freed twice\n"
                         "  the block at 0x# of 4 bytes\n"},
    {"heap_never_allocated", "Deleting a part of the object at 0x# ...\n\n"
                             "KERNEL PANIC: HEAP: what was freed is not a block, or its header was "
                             "overwritten\n  at 0x#\n"},
    {"heap_overrun", "Writing behind the 5 bytes at 0x# ...\n\n"
                     "KERNEL PANIC: HEAP: something was written beyond the end of a block\n"
                     "  the block at 0x# of 5 bytes, changed at 0x#\n"},
    {"heap_used_after_free", "Writing to the 8 bytes at 0x#, which are deleted ...\n\n"
                             "KERNEL PANIC: HEAP: something was written into a block after it "
                             "was freed\n  the block at 0x# of 8 bytes, changed at 0x#\n"},
    {"heap_array_freed_as_object", "Deleting an array of 100 characters as one ...\n\n"
                                   "KERNEL PANIC: HEAP: an array from new[] was freed with delete\n"
                                   "  the block at 0x# of 100 bytes\n"},
    {"heap_object_freed_as_array",
     "Deleting one character as an array of them ...\n\n"
     "KERNEL PANIC: HEAP: an object from new was freed with delete[]\n"
     "  the block at 0x# of 1 bytes\n"},
    {"heap_wrong_size", "Deleting a horse as just any animal ...\n\n"
                        "KERNEL PANIC: HEAP: a block was freed as another type: its size or "
                        "alignment is wrong\n  the block at 0x# of 72 bytes\n"},
    {"heap_out_of_memory", "Allocating 1 GiB ...\n\n"
                           "KERNEL PANIC: out of memory: size=1073741824 align=16\n"
                           "  the heap has 100 KiB: 64 bytes in use, 0 cached, 102336 free; it "
                           "may have 65536 KiB\n"},
    {"heap_in_handler", "In the handler ...\n\n"
                        "KERNEL PANIC: an interrupt handler uses the heap\n"},
    {"heap_freed_in_handler", "In the handler ...\n\n"
                              "KERNEL PANIC: an interrupt handler uses the heap\n"},
    {"heap_executed", "Calling what lies on the heap ...\n\n"
                      "KERNEL PANIC: EXCEPTION: PAGE FAULT at 0x#\n"
                      "  the page holds no code: it may not be executed\n"},
    {"container_index_out_of_range", "Asking for the 4th of 3 numbers ...\n\n"
                                     "KERNEL PANIC: out of range: vector::_M_range_check"},
    {"container_empty_function", "Calling an empty function ...\n\n"
                                 "KERNEL PANIC: an empty std::function was called\n"},
};

INSTANTIATE_TEST_SUITE_P(Ring4, Heap, testing::ValuesIn(all),
                         [](const auto& info) { return info.param.kernel; });

TEST(HeapInBochs, PassesTheSameTests) {
    Bochs bochs{Boot::iso(post_image("tests/kernel/containers"))};
    EXPECT_TRUE(bochs.wait_for("11 tests, 0 failed\n")) << bochs.log_tail();
}

// With less memory than the heap may have, the machine runs out of frames first.
TEST(HeapOnASmallMachine, UsesAllTheFramesThereAre) {
    Machine machine{Boot::iso(post_image("tests/kernel/heap")), {.memory = "16M"}};
    EXPECT_EQ(machine.wait_for_end(), End::passed);
}

// `make CHECKED=0`: the same kernel without headers, canaries and quarantine.
TEST(HeapWithoutChecks, PassesItsTestsAndMissesAMistake) {
    const TemporaryFolder folder;
    const fs::path build = folder.path() / "build";
    const auto image = [&build](const char* name) {
        return (build / "tests/kernel" / (std::string{name} + ".iso")).string();
    };
    const Finished finished =
        run({"make", "-C", post_folder(), "CHECKED=0", "BUILD=" + build.string(), image("heap"),
             image("containers"), image("expected_failures/heap_overrun")},
            {}, std::chrono::minutes{5});
    ASSERT_EQ(finished.exit_code, 0) << finished.output;
    for (const char* name : {"heap", "containers"}) {
        Machine passing{Boot::iso(image(name))};
        EXPECT_EQ(passing.wait_for_end(), End::passed) << name << ": " << passing.log_tail();
    }
    Machine blind{Boot::iso(image("expected_failures/heap_overrun"))};
    EXPECT_TRUE(blind.wait_for("The mistake was not noticed\n")) << blind.log_tail();
}

} // namespace
