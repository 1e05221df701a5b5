// A page is mapped to another frame without a flush: the CPU still reads the old one.

#include "console/panic.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/machine_memory.hpp"

#include <utility>

using namespace kernel;

namespace {

constexpr Page<> page = Page<>::containing(VirtualAddress::sign_extended(0x0DEA'DBEE'F000));

// Without the flush that belongs between the two. (The tables that unmap() frees are used again at
// once, which the missing flush forbids too; they come back in the same places.)
void map_to(Frame<> frame, MachineMemory& memory) {
    const EntryFlags flags = EntryFlag::writable | no_execute_if_possible();
    if (auto unmapped = memory.mapper.unmap(page, memory.frames)) {
        std::move(unmapped->flush).ignore();
    }
    static_cast<void>(memory.mapper.map(page, frame, flags, memory.frames));
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    const auto information = read_boot_information(boot_information_address, identity_map_size);
    auto memory = take_over_memory(*information);
    const Frame<> old_frame = *memory->frames.allocate();
    const Frame<> new_frame = *memory->frames.allocate();
    *direct_map.words_in(old_frame) = 1;
    *direct_map.words_in(new_frame) = 2;
    const auto& word = *page.start().as<volatile std::uint64_t>();

    map_to(old_frame, *memory);
    println("Mapped to a frame that holds 1: {}", word + 0);
    map_to(new_frame, *memory);
    println("Mapped to a frame that holds 2: {}", word + 0);
    panic("the CPU {}", word == 2 ? "has noticed by itself" : "still reads the old frame");
}
