// Accesses that may fault, and what the CPU says about those that do.
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

// One byte is read, or written; or the code at the address is called. Nothing if it went well: the
// code that is called must then return. To be used with on_attempted as the page fault's handler.
std::optional<PageFault> attempt_read(std::uint64_t address);
std::optional<PageFault> attempt_write(std::uint64_t address, std::uint8_t value);
std::optional<PageFault> attempt_call(std::uint64_t address);

// Remembers the fault and lets the attempt go on behind the access.
kernel::HandlerWithErrorCode on_attempted;

} // namespace kernel_test
