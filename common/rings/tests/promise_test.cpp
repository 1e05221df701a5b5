// A machine that does something else than it should is found out.

#include "../../machine/tests/boot_sector.hpp"
#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "rings/promise.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace {

using namespace bench;

// What is found to be wrong.
std::string fault(const std::string& sector, const Promise& promise) {
    Machine machine{boot_sector(sector)};
    return broken(promise, machine);
}

TEST(Promise, IsKeptByAMachineThatDoesWhatItShould) {
    EXPECT_EQ(fault("passes", {"passes", "^first line\n"}), "");
    EXPECT_EQ(fault("triple_faults", {"resets", "^last words\n$"}), "");
    EXPECT_EQ(fault("panics", {"panics", "the sky fell\nend of the message\n$"}), "");
    EXPECT_EQ(fault("halts", {"halts", "^ready\n$"}), "");
    EXPECT_EQ(fault("hangs", {"loops", "^going round .*\n$"}), "");
    EXPECT_EQ(fault("talks_long", {"goes on", "repeated(.|\n)*repeated"}), "");
}

struct Broken {
    std::string sector;
    Promise promise;
    std::string difference;
};

class BrokenPromise : public testing::TestWithParam<Broken> {};

TEST_P(BrokenPromise, IsFound) {
    const std::string found = fault(GetParam().sector, GetParam().promise);
    EXPECT_TRUE(found.starts_with(GetParam().difference)) << found;
}

const Broken broken_promises[] = {
    {"fails", {"passes", ""}, "it failed: exit code 35"},
    {"passes", {"resets", ""}, "it passed: exit code 33"},
    {"passes", {"passes", "second line"}, "it prints something else"},
    {"resets", {"panics", ""}, "it reset"},
    {"triple_faults", {"resets", "^words"}, "it prints something else"},
    {"panics", {"panics", "the sky holds"}, "it prints something else"},
    {"panics", {"resets", "the sky fell"}, "it panicked"},
    {"halts_for_good", {"loops", "^good night\n$"}, "the CPU is halted, not busy"},
    {"hangs", {"halts", "^going round .*\n$"}, "the CPU is busy, not halted"},
    {"talks_long", {"halts", "\\.\\.\\. a line"}, "it does not stand still"},
    {"panics", {"halts", "booting\n\nKERNEL PANIC: .*\n$"}, "it prints something else"},
    {"triple_faults", {"goes on", "first words"}, "it prints something else"},
    {"passes", {"halts", "^first line\n", "abc"}, "it does not ask for input"},
};

INSTANTIATE_TEST_SUITE_P(Machines, BrokenPromise, testing::ValuesIn(broken_promises));

Promise written(const std::string& text) {
    const TemporaryFolder folder;
    write_file(folder.file("promise"), text);
    return read_promise(folder.file("promise"));
}

TEST(Promise, IsReadFromTheFirstLinesOfAFile) {
    const Promise patch = written("Breaks: a thing.\nShows: another: this.\nEnds: goes on\n"
                                  "Type: a b\nPrints: one\\ntwo$\n\nEnds: halts\n");
    EXPECT_EQ(patch.ends, "goes on");
    EXPECT_EQ(patch.type, "a b");
    EXPECT_EQ(patch.prints, "one\\ntwo$");
    const Promise source = written("// Ends: panics\n// Prints: x\n\n#include <array>\n");
    EXPECT_EQ(source.ends, "panics");
    EXPECT_EQ(source.prints, "x");
    EXPECT_EQ(written("// A test. It says: nothing.\n").ends, "passes");
}

TEST(Promise, OfAnEndThatDoesNotExistIsRefused) {
    EXPECT_THROW(written("Ends: happily\n"), std::runtime_error);
}

TEST(Promise, WithANameThatDoesNotExistIsRefused) {
    EXPECT_THROW(written("Ends: passes\nPrint: x\n"), std::runtime_error);
    EXPECT_THROW(written("// prints: x\n"), std::runtime_error);
}

} // namespace
