// run.sh, in each of the places that a reader may start it from.

#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bench;

Finished run_script(const std::string& image, const Command& arguments = {}) {
    Command command{post_folder() / "run.sh", post_image(image)};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run(command);
}

TEST(Run, WithoutATerminalStreamsTheSerialPortAndEndsWhenTheKernelRests) {
    const Finished finished = run_script("kernel");
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_TRUE(finished.output.starts_with("Hello from a kernel")) << finished.output;
    EXPECT_NE(finished.output.find("\nIt did not crash!\n"), std::string::npos) << finished.output;
    EXPECT_EQ(finished.output.find('\r'), std::string::npos);
}

TEST(Run, WithoutATerminalFailsOnAPanic) {
    const Finished finished = run_script("tests/kernel/expected_failures/panic");
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_NE(finished.output.find("KERNEL PANIC: the answer is 42"), std::string::npos);
    EXPECT_TRUE(finished.output.ends_with("run.sh: the kernel has panicked\n")) << finished.output;
}

TEST(Run, WithoutATerminalFailsOnAReset) {
    const Finished finished = run_script("tests/kernel/expected_failures/empty_table");
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_TRUE(finished.output.starts_with("Executing ud2 ...\n")) << finished.output;
    EXPECT_NE(finished.output.find("run.sh: the machine has reset"), std::string::npos);
}

TEST(Run, SaysWhenQemuItselfFails) {
    const Finished finished = run_script("kernel", {"-no-such-option"});
    EXPECT_EQ(finished.exit_code, 1);
    EXPECT_NE(finished.output.find("run.sh: QEMU has failed with exit code 1"), std::string::npos);
}

// Reads what the program writes to its terminal until the text comes.
bool wait_for(Process& process, const std::string& text, std::string& seen) {
    Deadline deadline{process.given_time(), std::chrono::seconds{20}};
    for (bool last_look = false; seen.find(text) == std::string::npos;) {
        const auto more = process.read(milliseconds{100});
        if (!more || last_look) {
            return false;
        }
        seen += *more;
        last_look = deadline.passed();
    }
    return true;
}

TEST(Run, InATerminalShowsTheScreenThereAndSaysFirstHowToLeaveIt) {
    Process process{
        {post_folder() / "run.sh", post_image("kernel")},
        {.environment = {"DISPLAY=", "WAYLAND_DISPLAY=", "TERM=xterm", "LINES=30", "COLUMNS=100"},
         .terminal = true}};
    std::string seen;
    ASSERT_TRUE(wait_for(process, "press Esc, then 2, then type quit and press Enter", seen));
    ASSERT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
    process.write("\n");
    ASSERT_TRUE(wait_for(process, "It did not crash!", seen)) << seen;
    process.write("\x1b"
                  "2");
    ASSERT_TRUE(wait_for(process, "(qemu)", seen)) << seen;
    process.write("quit\n");
    while (process.read(milliseconds{1000})) {
    }
    EXPECT_EQ(process.wait(std::chrono::seconds{5}), 0);
}

} // namespace
