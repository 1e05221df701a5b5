#include "support/attempt.hpp"

#include "cpu/instructions.hpp"

using kernel::PageFaultErrorCode;
using kernel::TrapFrame;

// attempt.asm's
extern "C" void attempted_read(std::uint64_t address);
extern "C" void attempted_write(std::uint64_t address, std::uint8_t value);
extern "C" void attempted_call(std::uint64_t address);
extern "C" std::uint64_t attempt_resume_rip;
extern "C" std::uint64_t attempt_resume_rsp;

namespace kernel_test {
namespace {

constinit std::optional<PageFault> last_fault;

template <typename... Arguments>
std::optional<PageFault> attempt(void (*access)(Arguments...), Arguments... arguments) {
    last_fault.reset();
    access(arguments...);
    return last_fault;
}

} // namespace

std::optional<PageFault> attempt_read(std::uint64_t address) {
    return attempt(attempted_read, address);
}

std::optional<PageFault> attempt_write(std::uint64_t address, std::uint8_t value) {
    return attempt(attempted_write, address, value);
}

std::optional<PageFault> attempt_call(std::uint64_t address) {
    return attempt(attempted_call, address);
}

void on_attempted(TrapFrame& frame, std::uint64_t error_code) {
    last_fault = PageFault{kernel::read_cr2(), PageFaultErrorCode{error_code}};
    frame.rip = attempt_resume_rip;
    frame.rsp = attempt_resume_rsp;
}

} // namespace kernel_test
