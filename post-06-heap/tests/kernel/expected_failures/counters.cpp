// Two interrupts are spurious and five key events are lost: the command `counters` shows it.

#include "cpu/instructions.hpp"
#include "cpu/wait.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/keyboard.hpp"
#include "shell/shell.hpp"
#include "support/machine_with_heap.hpp"
#include "support/pretended_keyboard.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    pics.initialize();
    initialize_keyboard();
    asm volatile("int $39\n\tint $47" : : : "memory");
    enable_interrupts();
    for (int sent = 0; sent < 132; ++sent) {
        pretend_keyboard_sends(0x1E);
    }
    wait_until([] { return lost_key_events() >= 5; });
    const Lines history;
    Commands commands;
    add_commands(commands, memory, history);
    run_command(commands, "counters");
    halt_forever();
}
