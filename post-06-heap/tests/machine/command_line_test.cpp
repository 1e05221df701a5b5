// The kernel's command line, typed at as a person would.

#include "machine/machine.hpp"
#include "machine/patterns.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace bench;

class CommandLine : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(machine.wait_for("Type \"help\" for a list of commands.\n> "))
            << machine.log_tail();
    }

    // What the command prints until the prompt is there again.
    std::string run(const std::string& command) {
        machine.type(command + "\n");
        EXPECT_TRUE(machine.wait_for("\n> ")) << machine.log_tail();
        const std::string& all = machine.serial();
        const std::size_t start = all.rfind("> " + command + "\n") + command.size() + 3;
        return all.substr(start, all.size() - start - std::string_view{"> "}.size());
    }

    void press(const Chord& keys, int times = 1) {
        for (; times > 0; --times) {
            machine.press(keys);
        }
    }

    std::string screen() {
        EXPECT_TRUE(machine.wait_until_idle()) << machine.log_tail();
        return machine.screen().text();
    }

    Machine machine{Boot::iso(post_image("kernel"))};
};

// Whether all of the text matches the pattern.
bool matches(const std::string& text, const std::string& pattern) {
    return contains_match(text, "^(?:" + pattern + ")$");
}

// The number after this word.
unsigned long number_behind(std::string_view word, const std::string& text) {
    const std::size_t place = text.find(word);
    EXPECT_NE(place, std::string::npos) << word << " in " << text;
    return std::stoul(text.substr(place + word.size()));
}

TEST_F(CommandLine, HelpListsEveryCommandOnOneScreen) {
    const std::string text = run("help");
    for (const char* command : {"blocks", "clear", "counters", "echo", "fault", "frames", "heap",
                                "help", "history", "idt", "memory", "walk"}) {
        EXPECT_TRUE(("\n" + text).find("\n" + std::string{command} + " ") != std::string::npos)
            << command << " in " << text;
    }
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 24);
}

TEST_F(CommandLine, PointsToHelpAtAnUnknownCommand) {
    EXPECT_EQ(run("hepl me"), "Unknown command \"hepl\". Type \"help\" for a list.\n");
    EXPECT_EQ(run("  echo  a  b "), "a  b\n");
}

TEST_F(CommandLine, IsErasedAcrossTheEndOfARow) {
    const std::string wide(90, 'x');
    machine.type("echo " + wide);
    press({"backspace"}, 85);
    machine.type("12");
    EXPECT_TRUE(screen().ends_with("\n> echo xxxxx12")) << screen();
    machine.type("\n");
    EXPECT_TRUE(machine.wait_for("\nxxxxx12\n> ")) << machine.log_tail();
}

TEST_F(CommandLine, BringsEarlierLinesBack) {
    run("echo one");
    run("echo two");
    machine.type("ec");
    press({"up"}, 3);
    press({"down"});
    machine.type("!\n");
    EXPECT_TRUE(machine.wait_for("two!\n> ")) << machine.log_tail();
    EXPECT_EQ(run("history"), "  1  echo one\n"
                              "  2  echo two\n"
                              "  3  echo two!\n"
                              "  4  history\n");
}

TEST_F(CommandLine, AbandonsALineAtControlC) {
    machine.type("fault null");
    press({"ctrl", "c"});
    EXPECT_TRUE(machine.wait_for("fault null^C\n> ")) << machine.log_tail();
    EXPECT_EQ(run("echo alive"), "alive\n");
}

TEST_F(CommandLine, CompletesCommandsAndListsThemAtTab) {
    machine.type("he");
    press({"tab"});
    EXPECT_TRUE(screen().ends_with("\n> he\nheap                     help\n> he")) << screen();
    machine.type("l");
    press({"tab"});
    EXPECT_TRUE(screen().ends_with("\n> help")) << screen();
    press({"backspace"}, 4);
    machine.type("fau");
    press({"tab"}, 2);
    EXPECT_TRUE(machine.wait_for(" fault null ")) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("\n> fault ")) << machine.log_tail();
    machine.type("i");
    press({"tab"});
    machine.type("\n");
    EXPECT_TRUE(machine.wait_for("EXCEPTION: BREAKPOINT\n")) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("It did not crash!\n> ")) << machine.log_tail();
    machine.type("wal");
    press({"tab"});
    machine.type("0\n");
    EXPECT_TRUE(machine.wait_for("nothing is mapped at 0x0\n> ")) << machine.log_tail();
}

TEST_F(CommandLine, ClearsTheScreen) {
    run("clear");
    EXPECT_EQ(screen(), ">");
}

TEST_F(CommandLine, WalksThroughThePageTables) {
    EXPECT_TRUE(matches(run("walk 0xb8123"), "level 4, entry   0, RWX: table at 0x[0-9a-f]+\n"
                                             "level 3, entry   0, RWX: table at 0x[0-9a-f]+\n"
                                             "level 2, entry   0, RWX: table at 0x[0-9a-f]+\n"
                                             "level 1, entry 184, RW-: 4 KiB page at 0xb8000\n"
                                             "physical address 0xb8123, RW-\n"))
        << machine.log_tail();
    EXPECT_TRUE(run("walk ffff800000200000")
                    .ends_with(", RW-: 2 MiB page at 0x200000\nphysical address 0x200000, RW-\n"))
        << machine.log_tail();
    EXPECT_TRUE(run("walk 0").ends_with(": not present, nothing is mapped at 0x0\n"))
        << machine.log_tail();
    EXPECT_EQ(run("walk 0x800000000000"),
              "0x800000000000 is not canonical: bits 63 to 47 are not all equal\n");
    for (const char* no_number :
         {"", " 0x", " home", " -1", " 0x-1", " 12 34", " 1g", " 0x0x1", " 0x12345678123456789"}) {
        EXPECT_EQ(run(std::string{"walk"} + no_number),
                  "Usage: walk ADDRESS, in hexadecimal, such as walk 0xb8000\n");
    }
}

TEST_F(CommandLine, ShowsWhatThePageTablesMap) {
    const std::string text = run("memory");
    EXPECT_TRUE(text.starts_with("level 4 table at 0x")) << text;
    EXPECT_NE(text.find("\n    0xb8000-0xb9000 -> same, RW-, 4 KiB x 1\n"), std::string::npos);
    EXPECT_NE(text.find("\n    0x444444440000-0x"), std::string::npos) << "the heap, in " << text;
}

// Nothing but the lines themselves has changed the heap in between: the history may keep each.
TEST_F(CommandLine, AccountsForEveryByteOfTheHeap) {
    const std::string before = run("heap");
    EXPECT_EQ(number_behind("\nin use ", before) + number_behind("\ncached ", before) +
                  number_behind("\nfree ", before),
              number_behind("mapped ", before))
        << before;
    run("echo " + std::string(200, 'x'));
    const std::string after = run("heap");
    EXPECT_GT(number_behind("\nallocations ", after), number_behind("\nallocations ", before));
    EXPECT_GE(number_behind("\nin use ", after), number_behind("\nin use ", before) + 200);
}

TEST_F(CommandLine, DrawsTheHeap) {
    for (int i = 0; i < 15; ++i) { // until blocks have left the quarantine
        press({"tab"});
        ASSERT_TRUE(machine.wait_for("\n> ")) << machine.log_tail(); // the list of all commands
    }
    const unsigned long mapped = number_behind("mapped ", run("heap"));
    const std::string text = run("blocks");
    EXPECT_EQ(number_behind("Each character is ", text), mapped / 1024) << text;
    const std::string picture =
        with_matches_replaced(text.substr(0, text.find("Each")), "0x[0-9a-f]+ |\n", "");
    EXPECT_EQ(picture.size(), 1024u) << text;
    EXPECT_EQ(picture.find_first_not_of("#+."), std::string::npos) << text;
    for (const char kind : {'#', '+', '.'}) {
        EXPECT_NE(picture.find(kind), std::string::npos) << kind << " in " << text;
    }
}

TEST_F(CommandLine, CountsTicks) {
    const unsigned long before = number_behind("timer ticks", run("counters"));
    machine.wait_for("nothing", milliseconds{500});
    EXPECT_GE(number_behind("timer ticks", run("counters")), before + 20);
}

TEST_F(CommandLine, ShowsWhatItCounts) {
    EXPECT_TRUE(matches(run("counters"), "timer ticks +[0-9]+, [0-9]+[.][0-9]{3} seconds\n"
                                         "spurious interrupts +0\n"
                                         "lost key events +0\n"))
        << machine.log_tail();
}

// A kernel that has had 2 spurious interrupts and has lost 5 key events before it runs the command.
TEST(Counters, ShowWhatWasLost) {
    Machine machine{Boot::iso(post_image("tests/kernel/expected_failures/counters"))};
    ASSERT_TRUE(machine.wait_for("lost key events            5\n")) << machine.log_tail();
    EXPECT_NE(machine.serial().find("spurious interrupts        2\n"), std::string::npos)
        << machine.serial();
}

TEST_F(CommandLine, CountsFrames) {
    const std::string text = run("frames");
    EXPECT_TRUE(matches(text, "free +[0-9]+ frames +1[0-9]{2}[.][0-9] MiB\n"
                              "in use +[0-9]+ frames +0[.][0-9] MiB\n"
                              "  for the direct map +4 frames +0[.]0 MiB\n"))
        << text;
}

TEST_F(CommandLine, ShowsTheGatesThatHaveAHandler) {
    const std::string text = run("idt");
    const std::string address = " +0x[0-9a-f]+ ";
    EXPECT_TRUE(matches(text, "vector  entry code  IST  for\n"
                              " +3" +
                                  address +
                                  "   0  BREAKPOINT\n"
                                  " +8" +
                                  address +
                                  "   1  DOUBLE FAULT\n"
                                  " +14" +
                                  address +
                                  "   0  PAGE FAULT\n"
                                  " +32" +
                                  address +
                                  "   0  hardware interrupt\n"
                                  " +33" +
                                  address +
                                  "   0  hardware interrupt\n"
                                  " +39" +
                                  address +
                                  "   0  hardware interrupt\n"
                                  " +47" +
                                  address +
                                  "   0  hardware interrupt\n"
                                  "All other vectors lead to a panic.\n"))
        << text;
}

TEST_F(CommandLine, ListsTheFaultsThatItCanProvoke) {
    const std::string all = run("fault");
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 6) << all;
    EXPECT_EQ(run("fault finding"), all);
}

struct Provoked {
    const char* kind;
    const char* message;
};

class Fault : public testing::TestWithParam<Provoked> {};

TEST_P(Fault, EndsInAPanicThatNamesIt) {
    Machine machine{Boot::iso(post_image("kernel"))};
    ASSERT_TRUE(machine.wait_for("\n> ")) << machine.log_tail();
    machine.type("fault " + std::string{GetParam().kind} + "\n");
    EXPECT_EQ(machine.wait_for_end(), End::panicked) << machine.log_tail();
    EXPECT_NE(machine.serial().find(GetParam().message), std::string::npos) << machine.serial();
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, Fault,
    testing::Values(Provoked{"null", "KERNEL PANIC: EXCEPTION: PAGE FAULT at 0x0000000000000000\n"
                                     "  a null pointer was used"},
                    Provoked{"write-code", "the page is read-only"},
                    Provoked{"execute-data", "the page holds no code: it may not be executed"},
                    Provoked{"stack-overflow", "KERNEL PANIC: EXCEPTION: DOUBLE FAULT\n"
                                               "  The kernel stack has overflowed"},
                    Provoked{"ud2", "KERNEL PANIC: EXCEPTION: INVALID OPCODE"}));

} // namespace
