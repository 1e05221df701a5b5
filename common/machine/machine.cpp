#include "machine/machine.hpp"

#include "machine/file.hpp"

#include <nlohmann/json.hpp> // the answer of a command is complete only with it
#include <stdexcept>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds step = 50ms;        // how often a wait looks after other things
constexpr milliseconds quiet = 100ms;      // a panic message pauses no longer than this
constexpr milliseconds longest_panic = 2s; // for a kernel that panics without halting
constexpr milliseconds last_breath = 5s;   // from QEMU's last word to its end
constexpr int looks = 5;                   // that must find an idle CPU halted

} // namespace

Machine::Machine(const Boot& boot, const MachineOptions& options) : options_{options} {
    try {
        qmp_ = Qmp{start(boot)};
        qmp_.execute("cont");
    } catch (const std::runtime_error& error) {
        hear_program();
        throw std::runtime_error{options_.program + " does not start: " + error.what() + "\n" +
                                 program_output_};
    }
}

Machine::~Machine() = default;

// QEMU inherits its ends of the lines: there is no port and no path that could be taken already.
// Returns our end of the monitor.
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

// A program whose output nobody reads stops some day.
void Machine::hear_program() {
    while (const auto text = process_->read(0ms)) {
        if (text->empty()) {
            break;
        }
        program_output_ += *text;
    }
}

// Waits for what the serial line says next. False: it has said all that it ever will.
bool Machine::listen(milliseconds longest) {
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
        last_heard_ = Deadline::Clock::now();
    }
    return !panic_is_over();
}

// Whether a panic's whole message has come: the line is quiet and the CPU halts. A kernel that
// leaves or resets after its panic is given the time to do so.
bool Machine::panic_is_over() {
    const auto silence = Deadline::Clock::now() - last_heard_;
    if (!serial_.panicked() || silence < quiet) {
        return false;
    }
    try {
        return silence > longest_panic || idle();
    } catch (const std::runtime_error&) { // it has ended meanwhile: the line will say so
        return false;
    }
}

bool Machine::wait_for(std::string_view text, milliseconds timeout) {
    return serial_.wait_for(text, timeout, [this](milliseconds left) { return listen(left); });
}

Ending Machine::wait_for_end(milliseconds timeout) {
    const Deadline deadline{timeout};
    while (listen(deadline.left()) && !deadline.passed()) {
    }
    Ending result = ending(timeout);
    result.last_log = log_tail();
    return result;
}

// All but the log.
Ending Machine::ending(milliseconds timeout) const {
    if (!exit_code_) {
        return serial_.panicked()
                   ? Ending{End::panicked, "the kernel has panicked"}
                   : Ending{End::timed_out,
                            "still running after " + std::to_string(timeout.count()) + " ms"};
    }
    if (shutdown_reason_ == "guest-reset") {
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
    const Deadline deadline{timeout};
    for (int halted = 0; halted < looks;) {
        const std::size_t heard = serial_.text().size();
        if (deadline.passed() || exit_code_) {
            return false;
        }
        rest(deadline.left(10ms));
        halted = !exit_code_ && idle() && serial_.text().size() == heard ? halted + 1 : 0;
    }
    return true;
}

const std::string& Machine::serial() {
    std::size_t heard = 0;
    do {
        heard = serial_.text().size();
        listen(0ms);
    } while (serial_.text().size() != heard);
    return serial_.text();
}

// Lets time pass for the kernel, but goes on hearing it.
void Machine::rest(milliseconds duration) {
    const Deadline deadline{duration};
    while (!deadline.passed() && listen(deadline.left())) {
    }
}

std::string Machine::interrupt_log() const {
    return read_file(folder_.file("interrupts.log"));
}

std::string Machine::log_tail() const {
    std::string text = excerpt("The serial line said:", serial_.text(), 25);
    if (!program_output_.empty()) {
        text += excerpt(options_.program + " said:", program_output_, 25);
    }
    if (options_.interrupt_log) {
        text += excerpt("The last interrupts:", interrupt_log(), 40);
    }
    return text;
}

} // namespace bench
