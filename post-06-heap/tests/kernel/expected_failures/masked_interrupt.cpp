// An interrupt on a line that should be masked. It is not spurious, because the chip has it in
// service. The CD drive raises it when a command is done.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "devices/chained_pics.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constinit ChainedPics<CpuPorts> pics;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    constexpr Port drive{0x176}; // of the second ATA channel
    constexpr Port command{0x177};
    constexpr Port control{0x376};
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    pics.initialize();
    pics.unmask(Irq::secondary_ata);
    CpuPorts::write8(control, 0);  // bit 1 clear: interrupts
    CpuPorts::write8(drive, 0xA0); // the first one
    CpuPorts::write8(command,
                     0xEC); // IDENTIFY DEVICE: a CD drive refuses it, which also ends the command
    for (;;) {
        enable_interrupts_and_halt();
    }
}
