// A PC emulated by QEMU: boots an image, reads the serial line and the screen, types on the
// keyboard, and reports how the run ended. Every wait has a limit, and the destructor ends QEMU.
//
// A timeout counts the time that the host gives QEMU (GivenTime), whether the kernel computes or
// halts. Time that the host spends on other programs does not count. If the wall-clock limit ends a
// wait instead, the wait throws NoVerdict.
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
    static constexpr milliseconds patience{10'000}; // the default timeout

    // Throws std::runtime_error with what QEMU printed if it does not start.
    explicit Machine(const Boot& boot, const MachineOptions& options = {});
    ~Machine(); // ends QEMU
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    // Waits until the kernel has sent `text` on the serial line, after the text that the last wait
    // found. Returns false if the timeout passes, or if the kernel ends or panics without it.
    bool wait_for(std::string_view text, milliseconds timeout = patience);

    // Waits until QEMU ends or the kernel has panicked and halts.
    Ending wait_for_end(milliseconds timeout = patience);

    // Waits until several checks in a row find the CPU halted, no interrupt pending and the serial
    // line quiet. Use it only after the kernel has printed something: the BIOS also halts while it
    // waits for a disk.
    bool wait_until_idle(milliseconds timeout = patience);

    // Waits until the screen shows the text. A panic does not end this wait.
    bool wait_for_screen(std::string_view text, milliseconds timeout = patience);

    // Returns everything received on the serial line so far, with "\r\n" as "\n".
    const std::string& serial();

    // Returns the last lines of the serial line, of QEMU's own messages, and of the interrupt log
    // if there is one.
    std::string log_tail() const;

    // Returns QEMU's log of interrupts and resets, where a triple fault is a line "Triple fault".
    // Empty unless MachineOptions::interrupt_log is set.
    std::string interrupt_log() const;

    // Returns the time that the host has given QEMU so far.
    milliseconds given_time() { return given_time_.so_far(); }

    // The functions below ask QEMU. They throw std::runtime_error if it refuses or has ended.

    bool idle(); // whether the CPU is halted at this moment

    // Type on a US keyboard. After each chord they wait for MachineOptions::key_pause, and until
    // the kernel has read the chord from the keyboard controller. If that takes longer than a
    // second of given time, later calls do not wait any more, and keys may be lost, as on a real
    // keyboard. For an unknown character type() throws std::invalid_argument and types nothing; for
    // an unknown key press() throws std::runtime_error.
    void type(std::string_view text);
    void press(const Chord& keys);

    // Press or release one key, by QEMU's name for it, and return at once. They throw like press().
    void hold(const std::string& key);
    void release(const std::string& key);

    ScreenText screen();
    void screenshot(const std::filesystem::path& png);
    std::vector<std::byte> physical_memory(std::uint64_t address, std::size_t size);

    // For everything else. See Qmp for what it throws.
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
    milliseconds last_heard_{0};        // given time at the last output on the serial line
    std::string program_output_;        // QEMU's own messages
    bool keys_are_fetched_ = true;      // false: the kernel reads no keys
    std::optional<ExitCode> exit_code_; // once QEMU has ended
    std::string shutdown_reason_;       // once QEMU has ended
};

} // namespace bench
