// Post 06: a heap, the standard containers on it, and a command line that is made of them.

#include "console/console.hpp"
#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "heap/heap.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/timer.hpp"
#include "memory/machine_memory.hpp"
#include "shell/shell.hpp"

#include <memory>
#include <vector>

using namespace kernel;

namespace {

MachineMemory take_over(const BootInformation& information) {
    auto memory = take_over_memory(information);
    if (!memory) {
        panic("the machine's memory cannot be used: {}", describe(memory.error()));
    }
    if (!memory->complete) {
        println("The memory is in more than {} pieces: the smallest are not used",
                FrameSet::capacity);
    }
    println("{} MiB at {:#x}, {} page tables for it; {} frames free", memory->bytes >> 20,
            direct_map_start.value(), memory->direct_map_cost, memory->frames.free_count());
    return std::move(*memory);
}

void make_a_heap(MachineMemory& memory) {
    if (const auto made = kernel_heap.initialize(memory.mapper, memory.frames); !made) {
        panic("there is no heap: {}", describe(made.error()));
    }
    println("{} KiB of heap at {:#x}", kernel_heap.statistics().mapped / 1024, heap_start.value());
}

void show_what_lies_on_the_heap() {
    const auto number = std::make_unique<int>(41);
    std::vector<int> numbers;
    for (int i = 0; i < 500; ++i) {
        numbers.push_back(i);
    }
    println("an int at {}, {} more in a vector at {}", static_cast<const void*>(number.get()),
            numbers.size(), static_cast<const void*>(numbers.data()));
    auto shared = std::make_shared<std::vector<int>>(std::move(numbers));
    const auto other = shared;
    print("The vector has {} owners", other.use_count());
    shared.reset();
    println(", and now {}", other.use_count());
}

} // namespace

// Entered from entry.asm, on the kernel's stack, with interrupts off. The parameter is the
// physical address of the boot information, as the boot loader gave it.
extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    const auto boot_information =
        read_boot_information(boot_information_address, identity_map_size);
    if (!boot_information) {
        panic("the boot information at {:#x} is unusable: {}", boot_information_address,
              describe(boot_information.error()));
    }

    println("Hello from a kernel written in C++!");
    initialize_segments();
    initialize_interrupts();
    pics.initialize();
    initialize_timer();
    initialize_keyboard();

    MachineMemory memory = take_over(*boot_information); // which cannot be read any more
    make_a_heap(memory);
    show_what_lies_on_the_heap();

    println("It did not crash!");
    enable_interrupts();
    run_shell(memory);
}
