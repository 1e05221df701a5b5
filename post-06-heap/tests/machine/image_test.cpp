// The image contains the same kernel as the file with the symbols beside it.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

// Runs a program that must succeed, and returns what it prints.
std::string output_of(const Command& command) {
    const Finished finished = run(command);
    EXPECT_EQ(finished.exit_code, 0) << command.front() << ": " << finished.output;
    return finished.output;
}

class Image : public testing::Test {
protected:
    Image() {
        output_of({"xorriso", "-osirrox", "on", "-indev", post_image("kernel"), "-extract",
                   "/boot/kernel.elf", loaded});
    }

    const TemporaryFolder folder;
    const fs::path loaded = folder.file("kernel.elf");
    const fs::path with_symbols = post_built("kernel.elf");
};

TEST_F(Image, HoldsNoDebugInformation) {
    EXPECT_EQ(output_of({"objdump", "-h", loaded}).find(".debug"), std::string::npos);
    EXPECT_NE(output_of({"objdump", "-h", with_symbols}).find(".debug"), std::string::npos);
    EXPECT_LT(fs::file_size(loaded), 256u * 1024);
}

TEST_F(Image, HoldsTheVeryKernelThatGdbReadsTheSymbolsOf) {
    const fs::path ours = folder.file("ours"), theirs = folder.file("theirs");
    output_of({"objcopy", "-O", "binary", loaded, ours});
    output_of({"objcopy", "-O", "binary", with_symbols, theirs});
    EXPECT_EQ(output_of({"cmp", ours, theirs}), "");
    EXPECT_GT(fs::file_size(ours), 0u);
}

} // namespace
