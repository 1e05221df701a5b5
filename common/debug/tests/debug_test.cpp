// gdb, attached to a running kernel, and the commands in kernel_commands.py.

#include "process/deadline.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

namespace {

using namespace bench;
using namespace std::chrono_literals;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// gdb with this option, which is to run these commands at kernel_main and end.
Command gdb(const std::string& option, const Command& commands) {
    const std::filesystem::path common = common_folder();
    const auto kernel = common / "../post-01-exceptions" / build_name() / "kernel";
    Command command{common / "debug/debug.sh", kernel, option};
    for (const std::string& text : commands) {
        command.insert(command.end(), {"-ex", text});
    }
    return command;
}

// Returns what gdb prints for these commands.
std::string debug(Command commands, const std::string& display = "DISPLAY=") {
    commands.push_back("kill");
    return run(gdb("-batch", commands), {.environment = {display, "WAYLAND_DISPLAY="}}).output;
}

TEST(Debug, StopsAtKernelMain) {
    const std::string output = debug({"info line"});
    EXPECT_TRUE(contains(output, "Breakpoint 1, kernel_main (")) << output;
    EXPECT_TRUE(contains(output, "kernel/main.cpp")) << output;
}

// Without a terminal gdb answers its own questions.
TEST(Debug, AsksNothingInATerminal) {
    Process child{gdb("-quiet", {"info line", "set confirm off", "kill", "quit"}),
                  {.environment = {"DISPLAY=", "WAYLAND_DISPLAY="}, .terminal = true}};
    Deadline deadline{child.given_time(), std::chrono::minutes{1}};
    std::string output;
    bool asked = false;
    for (auto text = child.read(100ms); text && !deadline.passed(); text = child.read(100ms)) {
        output += *text;
        if (!asked && contains(output, "(y or n)")) {
            asked = true;
            child.write("y\n");
        }
    }
    EXPECT_FALSE(asked) << output;
    EXPECT_TRUE(contains(output, "kernel/main.cpp")) << output;
}

TEST(Debug, GoesOnWithoutAWindowIfTheDisplayDoesNotAnswer) {
    const std::string output = debug({"info line"}, "DISPLAY=:4747");
    EXPECT_TRUE(contains(output, "No window could be opened on the display :4747")) << output;
    EXPECT_TRUE(contains(output, "Breakpoint 1, kernel_main (")) << output;
}

TEST(Debug, ShowsTheSource) {
    const std::string output = debug({"list kernel_main"});
    EXPECT_TRUE(contains(output, "kernel_main() {")) << output;
}

TEST(Debug, ShowsThePresentGatesOnceTheTableIsLoaded) {
    const std::string output = debug({"idt", "break kernel::on_breakpoint", "continue", "idt"});
    EXPECT_TRUE(contains(output, "has not loaded its interrupt descriptor table yet")) << output;
    EXPECT_TRUE(contains(output, "   3 breakpoint               interrupt gate  selector 0x10"))
        << output;
    EXPECT_TRUE(contains(output, "stub_3")) << output;
    EXPECT_FALSE(contains(output, "page fault")) << output;
}

TEST(Debug, ShowsTheInterruptedRegistersInsideAHandler) {
    const std::string output = debug({"break kernel::on_breakpoint", "continue", "trap-frame"});
    EXPECT_TRUE(contains(output, "vector     0x0000000000000003 breakpoint")) << output;
    EXPECT_TRUE(contains(output, "kernel_main + ")) << output;
    EXPECT_TRUE(contains(output, "ss         0x0000000000000008")) << output;
}

TEST(Debug, WalksThePageTables) {
    const std::string output = debug({"page-walk 0x2b8123", "page-walk 0xdeadbeef"});
    EXPECT_TRUE(contains(output, "level 2 at ")) << output;
    EXPECT_TRUE(contains(output, "[1] = 0x0000000000200")) << output;
    EXPECT_TRUE(contains(output, "large\n0x2b8123 -> 0x2b8123")) << output;
    EXPECT_TRUE(contains(output, "0xdeadbeef is not mapped")) << output;
}

TEST(Debug, WalksToNoAddressThatIsNotCanonical) {
    const std::string output = debug({"page-walk 0x1000000001000", "page-walk 0x800000000000",
                                      "page-walk 0x7ffffffff000", "page-walk 0xffff800000000000"});
    EXPECT_TRUE(contains(output, "0x1000000001000 is not canonical")) << output;
    EXPECT_TRUE(contains(output, "0x800000000000 is not canonical")) << output;
    EXPECT_TRUE(contains(output, "0x7ffffffff000 is not mapped")) << output;
    EXPECT_TRUE(contains(output, "0xffff800000000000 is not mapped")) << output;
}

TEST(Debug, ShowsWhatTheKernelHasPrinted) {
    const std::string output = debug({"break kernel::on_breakpoint", "continue", "serial"});
    EXPECT_TRUE(contains(output, "Hello from a kernel written in C++!\nExecuting int3 ...\n"))
        << output;
}

} // namespace
