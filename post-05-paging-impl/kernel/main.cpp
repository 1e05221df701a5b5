// Post 05: the kernel takes over the machine's memory: frames, page tables, all of it.

#include "console/console.hpp"
#include "console/panic.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/machine_memory.hpp"
#include "memory/page_table_printer.hpp"

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
        *cell++ = screen_cell(letter, Colors::white_on_red);
    }
    println("{:#x} is mapped to the screen's memory", page.start().value());

    NoFrames none;
    const auto refused = memory.mapper.map(other, screen, flags, none);
    if (!refused) {
        println("{:#x} is not, without frames: {}", other.start().value(),
                describe(refused.error()));
    }
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

    println("Loaded by {}", boot_information->boot_loader_name);
    MachineMemory memory = take_over(*boot_information); // which cannot be read any more
    console.with(
        [](Console& both) { print_page_tables(both, direct_map, active_level_4_table()); });
    write_through_a_new_page(memory);
    println("It did not crash!");

    halt_forever();
}
