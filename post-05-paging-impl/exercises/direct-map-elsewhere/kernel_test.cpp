// Judges the exercise direct-map-elsewhere.

#include "console/panic.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/machine_memory.hpp"
#include "memory/mapping.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit std::optional<MachineMemory> memory;

constexpr std::uint64_t wanted = 0xFFFF'C000'0000'0000;

void it_begins_in_the_middle_of_the_upper_half() {
    expect_equal(direct_map_start.value(), wanted);
}

void all_memory_is_there_and_nothing_is_at_the_old_place() {
    std::uint64_t shown = 0;
    std::uint64_t elsewhere = 0; // pages
    for_each_mapping(direct_map, active_level_4_table(), [&](const Mapping& mapping) {
        if (mapping.start.value() >> 63 != 0) {
            elsewhere += mapping.start.value() - wanted == mapping.to.value() ? 0 : 1;
            shown += size_in_bytes(mapping.size);
        }
    });
    expect_equal(elsewhere, 0u);
    expect_equal(shown, memory->bytes);
}

void a_page_can_be_mapped() {
    constexpr auto page = Page<>::containing(VirtualAddress::sign_extended(0x0DEA'DBEE'F000));
    const Frame<> frame = *memory->frames.allocate();
    expect(memory->mapper.map(page, frame, EntryFlag::writable, memory->frames).has_value());
    *page.start().as<volatile std::uint64_t>() = 42;
    expect_equal(*direct_map.words_in(frame), 42u);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    const auto information = read_boot_information(boot_information_address, identity_map_size);
    auto taken_over = take_over_memory(*information);
    if (!taken_over) {
        panic("{}", describe(taken_over.error()));
    }
    memory.emplace(std::move(*taken_over));
    run({
        {"it begins in the middle of the upper half", it_begins_in_the_middle_of_the_upper_half},
        {"all memory is there, and nothing is at the old place",
         all_memory_is_there_and_nothing_is_at_the_old_place},
        {"a page can be mapped", a_page_can_be_mapped},
    });
}
