// The gate of vector 6 has its type, but its present bit is clear: #NP, not #GP, is the second
// fault. [Intel SDM vol. 3A, "Interrupt 11—Segment Not Present (#NP)"]

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/segments.hpp"
#include "support/double_fault_only.hpp"

#include <array>

using namespace kernel;

namespace {

alignas(16) constinit std::array<std::uint64_t, 2 * vector_count> gates{};

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    const Gate& double_fault = kernel_test::handle_double_faults_only()[Vector::double_fault];
    gates[2 * 8] = double_fault.low();
    gates[2 * 8 + 1] = double_fault.high();
    constexpr std::uint64_t present = std::uint64_t{1} << 47;
    gates[2 * 6] = Gate::interrupt(SegmentSelector::kernel_code, 0).low() & ~present;
    load_interrupt_descriptor_table(DescriptorTablePointer::to(gates));
    println("Executing ud2 ...");
    asm volatile("ud2");
    println("It went on.");
    halt_forever();
}
