#include "machine/machine.hpp"

#include "machine/file.hpp"

#include <nlohmann/json.hpp> // completes the type of QMP answers
#include <stdexcept>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds step = 50ms; // how long a wait listens at a time

// In given time:
constexpr milliseconds quiet = 100ms;      // the longest pause within a panic message
constexpr milliseconds longest_panic = 2s; // for a kernel that panics without halting
constexpr milliseconds last_breath = 5s;   // from QEMU's last message to its end
constexpr int looks = 5;                   // in a row that must find the CPU halted

} // namespace

Machine::Machine(const Boot& boot, const MachineOptions& options)
    : options_{options},
      given_time_{[this] { return process_ ? activity_of(process_->id()) : Activity{}; }, step} {
    try {
        qmp_ = Qmp{start(boot)};
        qmp_.execute("cont");
    } catch (const std::runtime_error& error) {
        if (process_) {
            hear_program();
        }
        throw std::runtime_error{options_.program + " does not start: " + error.what() + "\n" +
                                 program_output_};
    }
}

Machine::~Machine() = default;

// QEMU inherits its ends of the connections, so no port or path can already be in use. Returns our
// end of the monitor.
Channel Machine::start(const Boot& boot) {
    ChannelPair serial = make_channel_pair();
    ChannelPair monitor = make_channel_pair();
    const QemuEnds ends{serial.theirs.descriptor(), monitor.theirs.descriptor(),
                        folder_.file("interrupts.log")};
    process_.emplace(qemu_command(boot, options_, ends),
                     Surroundings{.inherited = {ends.serial, ends.monitor}});
    serial_line_ = std::move(serial.ours);
    return std::move(monitor.ours);
}

// Reads QEMU's own output: QEMU would block once the pipe is full.
void Machine::hear_program() {
    while (const auto text = process_->read(0ms)) {
        if (text->empty()) {
            break;
        }
        program_output_ += *text;
    }
}

// Adds the log to the message if there is no verdict.
bool Machine::passed(Deadline& deadline) {
    try {
        return deadline.passed();
    } catch (const NoVerdict& caught) {
        throw NoVerdict{caught.what() + log_tail()};
    }
}

// Waits for output on the serial line. Returns false if there will be no more.
bool Machine::listen(milliseconds longest) {
    return hear_serial_line(longest) && !panic_is_over();
}

// Returns false if QEMU has ended.
bool Machine::hear_serial_line(milliseconds longest) {
    if (exit_code_) {
        return false;
    }
    const auto text = serial_line_.read(std::min(longest, step));
    hear_program();
    if (!text) {
        const auto code = process_->wait(last_breath);
        exit_code_ = code ? *code : process_->kill();
        shutdown_reason_ = qmp_.shutdown_reason();
        hear_program();
        return false;
    }
    if (!text->empty()) {
        serial_.append(*text);
        last_heard_ = given_time_.so_far();
    }
    return true;
}

// Whether the whole message of a panic has arrived: the serial line is quiet and the CPU halted.
// A kernel that exits or resets after its panic gets the time to do so.
bool Machine::panic_is_over() {
    if (!serial_.panicked() || given_time_.so_far() - last_heard_ < quiet) {
        return false;
    }
    try {
        if (!idle() && given_time_.so_far() - last_heard_ <= longest_panic) {
            return false;
        }
        const std::size_t heard = serial_.text().size(); // the rest may have just arrived
        return hear_serial_line(0ms) && serial_.text().size() == heard;
    } catch (const NoVerdict&) {
        throw;
    } catch (const std::runtime_error&) { // it has just ended: the serial line will be closed
        return false;
    }
}

bool Machine::wait_for(std::string_view text, milliseconds timeout) {
    Deadline deadline{given_time_, timeout};
    return serial_.wait_for(text, [&] {
        const bool last_look = passed(deadline);
        if (last_look) {
            serial();
        }
        return !last_look && listen(deadline.left(step));
    });
}

Ending Machine::wait_for_end(milliseconds timeout) {
    Deadline deadline{given_time_, timeout};
    bool last_look = false;
    do {
        last_look = passed(deadline);
    } while (listen(deadline.left(step)) && !last_look);
    serial();
    Ending result = ending(timeout);
    result.last_log = log_tail();
    return result;
}

// Sets everything but the log.
Ending Machine::ending(milliseconds timeout) {
    if (!exit_code_) {
        return serial_.panicked()
                   ? Ending{End::panicked, "the kernel has panicked"}
                   : Ending{End::timed_out, "still running after it was given " +
                                                std::to_string(timeout.count()) + " ms"};
    }
    // In QEMU 10 and newer the guest may run for a moment after it has written to the exit port. A
    // reset in that moment does not count: its exit code would be 0.
    if (shutdown_reason_ == "guest-reset" && *exit_code_ == 0) {
        const bool triple_fault = interrupt_log().find("Triple fault") != std::string::npos;
        return {End::reset, triple_fault ? "a triple fault reset the machine"
                                         : "the machine was reset (a triple fault does that too)"};
    }
    const std::string code = "exit code " + std::to_string(*exit_code_);
    switch (*exit_code_) {
    case 33:
        return {End::passed, code + ", the kernel wrote 0x10 to the debug exit port"};
    case 35:
        return {End::failed, code + ", the kernel wrote 0x11 to the debug exit port"};
    default:
        return {End::other, code + (shutdown_reason_.empty() ? "" : ", " + shutdown_reason_)};
    }
}

bool Machine::wait_until_idle(milliseconds timeout) {
    Deadline deadline{given_time_, timeout};
    for (int halted = 0; halted < looks;) {
        const std::size_t heard = serial_.text().size();
        if (passed(deadline) || exit_code_) {
            return false;
        }
        rest(10ms);
        // This comes before the question to QEMU, which wakes it.
        const bool nothing_to_do = asleep();
        halted = nothing_to_do && !exit_code_ && idle() && serial_.text().size() == heard
                     ? halted + 1
                     : 0;
    }
    return true;
}

// Whether every thread of QEMU sleeps. A CPU with a pending interrupt counts as halted until its
// thread runs, which may take long on a busy host.
bool Machine::asleep() const {
    return activity_of(process_->id()).asleep;
}

const std::string& Machine::serial() {
    std::size_t heard = 0;
    do {
        heard = serial_.text().size();
        listen(0ms);
    } while (serial_.text().size() != heard);
    return serial_.text();
}

// Pauses by the wall clock, so no verdict may depend on it. Keeps reading the serial line, but asks
// QEMU nothing, which would wake it.
void Machine::rest(milliseconds duration) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + duration;
    for (auto left = duration; left > 0ms && hear_serial_line(left);) {
        left = std::chrono::ceil<milliseconds>(end - Clock::now());
    }
}

std::string Machine::interrupt_log() const {
    return read_file(folder_.file("interrupts.log"));
}

std::string Machine::log_tail() const {
    std::string text = excerpt("Last lines of the serial line:", serial_.text(), 25);
    if (!program_output_.empty()) {
        text += excerpt(options_.program + " said:", program_output_, 25);
    }
    if (exit_code_) {
        text +=
            options_.program + " has ended with exit code " + std::to_string(*exit_code_) + ".\n";
    }
    if (options_.interrupt_log) {
        text += excerpt("Last lines of the interrupt log:", interrupt_log(), 40);
    }
    return text;
}

} // namespace bench
