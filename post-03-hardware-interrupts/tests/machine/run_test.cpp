// run.sh, in each of the places that a reader may start it from.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace bench;

// The post's kernel, for tests of what the script does whichever kernel it boots: not noted.
std::string any_image() {
    return post_folder_unnoted() / build_name() / "kernel.iso";
}

Finished run_script(const std::string& image) {
    return run({post_file("run.sh"), post_image(image)});
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
    const Finished finished = run({post_file("run.sh"), any_image(), "-no-such-option"});
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

// Reads until the program and all that it has started have closed their output.
bool wait_for_the_end(Process& process, std::string& seen) {
    // A program that the first one has left behind is given no time here: the net ends it.
    Deadline deadline{process.given_time(), std::chrono::seconds{20}, std::chrono::minutes{2}};
    while (const auto more = process.read(milliseconds{100})) {
        if (more->empty() && deadline.passed()) {
            return false;
        }
        seen += *more;
    }
    return true;
}

// A terminal of this size, without a display, and what the script is started with in it.
Command in_terminal(const std::string& size) {
    return {"bash", "-c", "stty " + size + "; exec \"$0\" \"$1\"", post_file("run.sh"),
            any_image()};
}

Surroundings terminal_with(std::vector<std::string> variables) {
    std::vector<std::string> environment{"DISPLAY=", "WAYLAND_DISPLAY=", "TERM=xterm"};
    environment.insert(environment.end(), variables.begin(), variables.end());
    return {.environment = environment, .inherited = {}, .terminal = true};
}

// Presses the key twice a second, as a hand would, until the program ends. Returns its exit code.
ExitCode press_until_the_end(Process& process, const std::string& key, std::string& seen) {
    std::optional<ExitCode> code;
    for (int i = 0; i < 120 && !code; ++i) {
        process.write(key);
        seen += process.read(milliseconds{10}).value_or("");
        code = process.wait(milliseconds{500});
    }
    return code.value_or(-1);
}

TEST(Run, InATerminalShowsTheScreenThereAndSaysFirstHowToLeaveIt) {
    Process process{in_terminal("rows 30 columns 100"), terminal_with({})};
    std::string seen;
    ASSERT_TRUE(wait_for(process, "To end the machine, press Ctrl-X.", seen)) << seen;
    ASSERT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
    EXPECT_EQ(seen.find("cut off"), std::string::npos) << seen;
    process.write("\n");
    ASSERT_TRUE(wait_for(process, "It did not crash!", seen)) << seen;
    for (const char* key : {"\x03", "\x1a", "\x1c"}) { // Ctrl-C, Ctrl-Z, Ctrl-\ are the machine's
        process.write(key);
        EXPECT_FALSE(process.wait(milliseconds{500})) << seen;
    }
    EXPECT_EQ(press_until_the_end(process, "\x18", seen), 0) << seen;
}

TEST(Run, InATerminalLeavesItsSettingsAsTheyWere) {
    Command command = in_terminal("rows 30 columns 100");
    command[2] = "before=$(stty -g); \"$0\" \"$1\"; [[ $(stty -g) == \"$before\" ]] && echo same";
    Process process{command, terminal_with({})};
    std::string seen;
    ASSERT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
    process.write("\n");
    ASSERT_TRUE(wait_for(process, "It did not crash!", seen)) << seen;
    EXPECT_EQ(press_until_the_end(process, "\x18", seen), 0) << seen;
    EXPECT_TRUE(wait_for(process, "same", seen)) << seen;
}

TEST(Run, InATerminalThatIsTooSmallSaysSoBeforeItBoots) {
    Process process{in_terminal("rows 24 columns 80"), terminal_with({})};
    std::string seen;
    EXPECT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
    EXPECT_NE(seen.find("25 lines of 80 columns, and this terminal 24 of 80."), std::string::npos)
        << seen;
}

TEST(Run, InATerminalThatSpeaksNoUtf8IsSilentAboutTheFont) {
    Process process{in_terminal("rows 30 columns 100"), terminal_with({"LC_ALL=C"})};
    std::string seen;
    ASSERT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
    process.write("\n");
    ASSERT_TRUE(wait_for(process, "It did not crash!", seen)) << seen;
    EXPECT_EQ(press_until_the_end(process, "\x18", seen), 0);
    EXPECT_EQ(seen.find("Could not convert"), std::string::npos) << seen;
}

// A QEMU that says how it was called instead of booting. `body` decides what else it does.
class FakeQemu {
public:
    explicit FakeQemu(const std::string& displays, const std::string& body = "") {
        const std::filesystem::path program = folder_.path() / "qemu-system-x86_64";
        std::ofstream{program} << "#!/bin/sh\n"
                               << "if [ \"$*\" = '-display help' ]; then printf '%s\\n' "
                               << displays << "; exit; fi\n"
                               << body << "\necho \"[$*]\"\n";
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    }

    // What run.sh prints at a terminal with this variable set, where Enter is pressed when it asks.
    std::string output_with(const std::string& variable) const {
        Process process{in_terminal("rows 30 columns 100"),
                        terminal_with({variable, "PATH=" + folder_.path().string() + ":" +
                                                     std::getenv("PATH")})};
        std::string seen;
        process.write("\n");
        wait_for_the_end(process, seen);
        return seen;
    }

private:
    TemporaryFolder folder_;
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Run, OnADisplayOpensTheWindowThatQemuHas) {
    for (const std::string display : {"DISPLAY=:47", "WAYLAND_DISPLAY=wayland-47"}) {
        const std::string gtk = FakeQemu{"none gtk sdl curses"}.output_with(display);
        EXPECT_TRUE(contains(gtk, "-display gtk")) << gtk;
        EXPECT_FALSE(contains(gtk, "-display curses")) << gtk;
        const std::string sdl = FakeQemu{"none sdl curses"}.output_with(display);
        EXPECT_TRUE(contains(sdl, "-display sdl")) << sdl;
    }
}

TEST(Run, UsesTheTerminalWhenQemuHasNoWindows) {
    const std::string output = FakeQemu{"none curses"}.output_with("DISPLAY=:47");
    EXPECT_TRUE(contains(output, "QEMU cannot open windows here")) << output;
    EXPECT_TRUE(contains(output, "-display curses")) << output;
}

TEST(Run, UsesTheTerminalWhenTheDisplayDoesNotAnswer) {
    const std::string fails =
        "case $* in *gtk*) echo 'gtk initialization failed' >&2; exit 1; esac";
    const std::string output = FakeQemu{"none gtk curses", fails}.output_with("DISPLAY=:47");
    EXPECT_TRUE(contains(output, "No window could be opened on the display :47.")) << output;
    EXPECT_TRUE(contains(output, "-display curses")) << output;
}

TEST(Run, StreamsTheSerialPortWhenQemuHasNeitherWindowsNorTerminals) {
    const std::string output = FakeQemu{"none"}.output_with("DISPLAY=:47");
    EXPECT_TRUE(contains(output, "cannot show the machine's screen")) << output;
    EXPECT_TRUE(contains(output, "-display none")) << output;
}

TEST(Run, StreamsTheSerialPortInATerminalThatCannotShowAScreen) {
    for (const std::string type : {"dumb", "no-such-terminal", ""}) {
        const std::string output = FakeQemu{"none curses"}.output_with("TERM=" + type);
        EXPECT_TRUE(contains(output, "This terminal (TERM=" + type + ") cannot show")) << output;
        EXPECT_TRUE(contains(output, "-display none")) << output;
    }
}

// The real QEMU of this machine, whatever windows it has.
TEST(Run, ComesToTheTerminalWhereADisplayIsNamedButDead) {
    Process process{in_terminal("rows 30 columns 100"), terminal_with({"DISPLAY=:4747"})};
    std::string seen;
    EXPECT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
}

TEST(Run, LeavesNothingBehindWhenItIsInterrupted) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const TemporaryFolder folder;
        Process process{{post_file("run.sh"), any_image()},
                        {.environment = {"TMPDIR=" + folder.path().string()}}};
        std::string seen;
        ASSERT_TRUE(wait_for(process, "Hello", seen)) << seen;
        EXPECT_FALSE(std::filesystem::is_empty(folder.path()));
        kill(process.id(), signal); // and not QEMU, which the script has to end
        EXPECT_EQ(process.wait(std::chrono::seconds{60}), 128 + signal);
        EXPECT_TRUE(wait_for_the_end(process, seen)) << signal;
        EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << signal;
    }
}

TEST(Run, LeavesNothingBehindWhenItIsInterruptedBeforeItBoots) {
    const TemporaryFolder folder;
    Process process{in_terminal("rows 30 columns 100"),
                    terminal_with({"TMPDIR=" + folder.path().string()})};
    std::string seen;
    ASSERT_TRUE(wait_for(process, "Press Enter to boot.", seen)) << seen;
    process.write("\x03");
    EXPECT_EQ(process.wait(std::chrono::seconds{60}), 130);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

} // namespace
