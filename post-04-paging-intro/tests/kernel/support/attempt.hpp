// Accesses that may fault, and how the CPU reports the fault.
#pragma once

#include "interrupts/handler.hpp"
#include "interrupts/page_fault.hpp"

#include <cstdint>
#include <optional>

namespace kernel_test {

struct PageFault {
    std::uint64_t address; // CR2
    kernel::PageFaultErrorCode code;
};

// Read or write one byte, or call the code at the address, which must return. They return nothing
// if there was no fault. on_attempted must be the handler of page faults.
std::optional<PageFault> attempt_read(std::uint64_t address);
std::optional<PageFault> attempt_write(std::uint64_t address, std::uint8_t value);
std::optional<PageFault> attempt_call(std::uint64_t address);

// Stores the fault and continues after the access.
kernel::HandlerWithErrorCode on_attempted;

} // namespace kernel_test
