// The PC's interrupt controllers, and the interrupts that they report by mistake.
#pragma once

#include "devices/chained_pics.hpp"
#include "interrupts/handler.hpp"

#include <cstdint>

namespace kernel {

extern constinit ChainedPics<CpuPorts> pics;

// How many interrupts the controllers have reported whose request had gone away.
std::uint64_t spurious_interrupts();

// The handler of the last line of each controller, IRQ 7 and IRQ 15. Both stay masked, so their
// interrupts must be spurious; panics if one is not.
Handler on_spurious;

} // namespace kernel
