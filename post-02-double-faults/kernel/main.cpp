// Post 02: whatever else happens to the kernel, a double fault is named and stops it.

#include "boot/boot_information.hpp"
#include "console/console.hpp"
#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

constexpr std::uint64_t mapped_memory = 1 << 30; // bytes: boot/page_tables.asm maps the first GiB

} // namespace

// Entered from entry.asm, on the kernel's stack, with interrupts off. The parameter is the
// physical address of the boot information, as the boot loader gave it.
extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    const auto boot_information = BootInformation::at(boot_information_address, mapped_memory);
    if (!boot_information) {
        panic("the boot information at {:#x} is unusable: {}", boot_information_address,
              describe(boot_information.error()));
    }

    println("Hello from a kernel written in C++!");
    initialize_segments();
    initialize_interrupts();

    println("Executing int3 ...");
    breakpoint();
    println("It did not crash!");

    halt_forever();
}
