// The PC's interrupt controllers, and the interrupts that they report by mistake.
#pragma once

#include "devices/chained_pics.hpp"
#include "interrupts/handler.hpp"

#include <cstdint>

namespace kernel {

extern constinit ChainedPics<CpuPorts> pics;

// How many interrupts the controllers have reported that no device wanted any more.
std::uint64_t spurious_interrupts();

// For the last line of each controller, IRQ 7 and IRQ 15. Both stay masked, so that their
// interrupts must be spurious.
Handler on_spurious;

} // namespace kernel
