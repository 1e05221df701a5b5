// Judges the exercise two-address-spaces.

#include "memory/address_space.hpp"

#include "console/panic.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/machine_memory.hpp"
#include "support/attempt.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit InterruptDescriptorTable table;
constinit std::optional<MachineMemory> memory;

constexpr Page<> page = Page<>::containing(VirtualAddress::sign_extended(0x0DEA'DBEE'F000));

std::uint64_t word_in_page() {
    return *page.start().as<volatile std::uint64_t>() + 0;
}

// Fills the frames that are handed out next with ones, so that none of them is empty by luck.
void spoil_the_next_frames() {
    std::array<std::optional<Frame<>>, 4> frames;
    for (auto& frame : frames) {
        frame = memory->frames.allocate();
        store_words(direct_map.words_in(*frame), ~std::uint64_t{0}, 512);
    }
    for (const auto& frame : frames) {
        static_cast<void>(memory->frames.free(*frame));
    }
}

void the_same_page_has_other_contents() {
    spoil_the_next_frames();
    const Frame<> first = active_level_4_table();
    const std::optional<Frame<>> second = make_address_space(*memory);
    if (!second) {
        fail(std::source_location::current());
        return;
    }
    expect(*second != first);
    const Frame<> one = *memory->frames.allocate();
    const Frame<> two = *memory->frames.allocate();
    *direct_map.words_in(one) = 1;
    *direct_map.words_in(two) = 2;
    Mapper there{*second, direct_map};
    expect(memory->mapper.map(page, one, EntryFlag::writable, memory->frames).has_value());
    expect(there.map(page, two, EntryFlag::writable, memory->frames).has_value());
    expect_equal(word_in_page(), 1u);
    switch_to(*second);
    expect(active_level_4_table() == *second);
    expect_equal(word_in_page(), 2u);
    expect_equal(*direct_map.words_in(one), 1u);
    switch_to(first);
    expect_equal(word_in_page(), 1u);
}

void only_the_kernel_is_shared() {
    constexpr std::uint64_t elsewhere = 0x0BAD'F00D'0000;
    const auto there = Page<>::containing(VirtualAddress::sign_extended(elsewhere));
    const Frame<> frame = *memory->frames.allocate();
    expect(memory->mapper.map(there, frame, EntryFlag::writable, memory->frames).has_value());
    const Frame<> first = active_level_4_table();
    const std::optional<Frame<>> third = make_address_space(*memory);
    expect(!attempt_read(elsewhere));
    if (third) {
        switch_to(*third);
        expect(attempt_read(elsewhere).has_value()); // a page fault
        expect(attempt_read(page.start().value()).has_value());
        expect(attempt_read(0x30'0000).has_value());
        switch_to(first);
    }
    expect(third.has_value());
}

void without_frames_there_is_none() {
    while (memory->frames.allocate()) {
    }
    expect(!make_address_space(*memory).has_value());
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    initialize_segments();
    table.set<Vector::page_fault, on_attempted>();
    table.load();
    const auto information = read_boot_information(boot_information_address, identity_map_size);
    auto taken_over = take_over_memory(*information);
    if (!taken_over) {
        panic("{}", describe(taken_over.error()));
    }
    memory.emplace(std::move(*taken_over));
    run({
        {"the same page has other contents", the_same_page_has_other_contents},
        {"only the kernel is shared", only_the_kernel_is_shared},
        {"without frames there is none", without_frames_there_is_none},
    });
}
