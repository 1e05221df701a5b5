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
#include "memory/cpu_paging.hpp"
#include "memory/page_table_printer.hpp"
#include "memory/take_over.hpp"
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

// Looks at the screen's memory through a page that was mapped nowhere, and writes there.
void write_through_a_new_page(MachineMemory& memory) {
    constexpr auto page = Page<>::containing(VirtualAddress::sign_extended(0x0DEA'DBEE'F000));
    constexpr auto other = Page<>::containing(VirtualAddress::sign_extended(0x0BAD'F00D'0000));
    constexpr auto screen = Frame<>::containing(PhysicalAddress::truncated(0xB'8000));
    const EntryFlags flags = EntryFlag::writable | no_execute_if_possible();
    if (const auto mapped = memory.mapper.map(page, screen, flags, memory.frames); !mapped) {
        panic("{:#x} cannot be mapped: {}", page.start().value(), describe(mapped.error()));
    }

    constexpr std::size_t row = 20;
    constexpr std::size_t column = 74;
    auto* cell = page.start().as<volatile std::uint16_t>() + row * 80 + column;
    for (const char letter : std::string_view{"New!"}) {
        *cell++ = screen_cell(letter, {Color::white, Background::blue});
    }
    println("{:#x} is mapped to the screen's memory", page.start().value());

    NoFrames none;
    const auto refused = memory.mapper.map(other, screen, flags, none);
    if (!refused) {
        println("{:#x} is not, without frames: {}", other.start().value(),
                describe(refused.error()));
    }
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

// Ten dots in one second.
void show_that_the_timer_ticks() {
    if (!has_timer()) {
        println("No tick comes: this PC has no timer, or no interrupt controller for it");
        return;
    }
    constexpr unsigned dots = 10;
    print("The timer ticks {}.{:03} times a second: ", timer_millihertz / 1000,
          timer_millihertz % 1000);
    for (unsigned dot = 1; dot <= dots; ++dot) {
        wait_for_tick(dot * ticks_per_second / dots);
        print(".");
    }
    const std::uint64_t time = uptime();
    println(" {}.{:03} s", time / 1000, time % 1000);
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

    println("Executing int3 ...");
    breakpoint();
    println("It did not crash!");
    println("Loaded by {}", boot_information->boot_loader_name);
    MachineMemory memory = take_over(*boot_information); // which cannot be read any more
    console.with(
        [](Console& both) { print_page_tables(both, direct_map, active_level_4_table()); });
    write_through_a_new_page(memory);
    make_a_heap(memory);
    show_what_lies_on_the_heap();

    enable_interrupts();
    show_that_the_timer_ticks();
    run_shell(memory);
}
