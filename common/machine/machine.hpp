// A PC that QEMU emulates: boots an image, hears its serial line, types, looks at its screen, and
// says how the run ended. Nothing waits without a bound, and nothing is left behind.
//
// Every timeout counts the time that the host has given QEMU (GivenTime): a kernel that computes
// uses it up, one that halts uses it up as well, and a host that is busy with others does not.
// Where the wall-clock net ends a wait instead, the wait throws NoVerdict.
//
//     Machine machine{Boot::iso("kernel.iso")};
//     ASSERT_TRUE(machine.wait_for("ready")) << machine.log_tail();
//     machine.type("hello\n");
//     EXPECT_EQ(machine.wait_for_end(), End::passed);
#pragma once

#include "machine/channel.hpp"
#include "machine/ending.hpp"
#include "machine/keyboard.hpp"
#include "machine/qemu_command.hpp"
#include "machine/qmp.hpp"
#include "machine/screen_text.hpp"
#include "machine/serial_log.hpp"
#include "machine/temporary_folder.hpp"
#include "process/deadline.hpp"
#include "process/given_time.hpp"
#include "process/process.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

class Machine {
public:
    static constexpr milliseconds patience{10'000}; // how long a wait lasts unless told

    // Throws std::runtime_error with what QEMU printed if it does not start.
    explicit Machine(const Boot& boot, const MachineOptions& options = {});
    ~Machine(); // ends QEMU
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    // Waits until the kernel has said this on the serial line, behind what the last wait found.
    // False: not within the timeout, or it ended or panicked without saying it.
    bool wait_for(std::string_view text, milliseconds timeout = patience);

    // Waits until QEMU ends or the kernel has panicked and halts.
    Ending wait_for_end(milliseconds timeout = patience);

    // Waits until the CPU was found halted in several looks in a row, with no interrupt on its way
    // to it, and the serial line is quiet.
    // Only for a kernel that has spoken: the BIOS halts too while it waits for a disk.
    bool wait_until_idle(milliseconds timeout = patience);

    // Waits until the text stands on the screen; a panic does not end this wait.
    bool wait_for_screen(std::string_view text, milliseconds timeout = patience);

    // All that came on the serial line so far, "\r\n" as "\n".
    const std::string& serial();

    // The last lines of all that the machine said: serial line, QEMU's own words, and the
    // interrupt log if it is kept.
    std::string log_tail() const;

    // QEMU's log of interrupts and resets; empty unless MachineOptions::interrupt_log.
    // A triple fault is a line "Triple fault" there.
    std::string interrupt_log() const;

    // The time that QEMU was given so far.
    milliseconds given_time() { return given_time_.so_far(); }

    // The following talk to QEMU: they throw std::runtime_error if it refuses or has ended.

    bool idle(); // whether the CPU is halted at this moment

    // Types on a US keyboard. After each chord they wait for the options' pause, and until the
    // kernel has fetched it from the keyboard controller (for at most a second of given time;
    // after that they no longer wait, and keys may get lost, as they do on a real keyboard).
    // Unknown character or key: std::invalid_argument
    // for type, before anything is typed; std::runtime_error for press.
    void type(std::string_view text);
    void press(const Chord& keys);

    // One key, by QEMU's name for it, down or up; returns at once. Throws as press does.
    void hold(const std::string& key);
    void release(const std::string& key);

    ScreenText screen();
    void screenshot(const std::filesystem::path& png);
    std::vector<std::byte> physical_memory(std::uint64_t address, std::size_t size);

    // For what is not here. Qmp's header says what it throws.
    Qmp& monitor() { return qmp_; }

private:
    Channel start(const Boot& boot);
    bool passed(Deadline& deadline);
    bool listen(milliseconds longest);
    bool hear_serial_line(milliseconds longest);
    void hear_program();
    bool panic_is_over();
    void rest(milliseconds duration);
    bool asleep() const;
    void wait_until_keys_are_fetched();
    Ending ending(milliseconds timeout);

    MachineOptions options_;
    TemporaryFolder folder_;
    std::optional<Process> process_; // never empty once constructed
    Channel serial_line_;
    Qmp qmp_;
    SerialLog serial_;
    GivenTime given_time_;
    milliseconds last_heard_{0};        // the given time when the serial line last said something
    std::string program_output_;        // QEMU's own words
    bool keys_are_fetched_ = true;      // false: by a kernel that reads none
    std::optional<ExitCode> exit_code_; // once QEMU has ended
    std::string shutdown_reason_;       // once QEMU has ended
};

} // namespace bench
