// Two interrupts are spurious and five scan codes are lost, and a command tells it.

#include "cpu/instructions.hpp"
#include "interrupts/hardware_interrupts.hpp"
#include "shell/commands.hpp"
#include "support/machine_with_heap.hpp"
#include "support/pretended_keyboard.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    initialize_hardware_interrupts();
    asm volatile("int $39\n\tint $47" : : : "memory");
    enable_interrupts();
    for (int sent = 0; sent < 132; ++sent) {
        pretend_keyboard_sends(0x1E);
    }
    while (dropped_scancodes() < 5) {
        halt(); // a tick wakes it, if no key does
    }
    Commands commands;
    const History history;
    add_commands(commands, memory, history);
    run_command(commands, "counters");
    halt_forever();
}
