// The machine's memory after the kernel has taken it over. Runs on machines of many sizes.

#include "boot/boot_information.hpp"
#include "console/panic.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "machine_memory.hpp"
#include "memory/active_tables.hpp"
#include "memory/cpu_tlb.hpp"
#include "memory/mappings.hpp"
#include "memory/paging_features.hpp"
#include "memory_survey.hpp"
#include "support/attempt.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" std::byte kernel_start[], kernel_end[];
extern "C" std::byte kernel_stack_guard[], kernel_stack_bottom[];

namespace {

constinit std::optional<MemorySurvey> survey;
constinit std::optional<MachineMemory> memory;

// Where the CPU has no "no execute", everything can be executed.
bool everything_executable() {
    return no_execute_if_possible() == EntryFlags{};
}

EntryFlags writable() {
    return EntryFlag::writable | no_execute_if_possible();
}

constexpr Page<> page =
    Page<>::containing(VirtualAddress::sign_extended(0x0DEA'DBEE'F000)); // mapped nowhere

std::uint64_t address_of(const void* pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

std::optional<Translation> translated(std::uint64_t address) {
    return memory->mapper.translate(VirtualAddress::sign_extended(address));
}

bool succeeded(std::expected<PendingFlush, MapError>&& result) {
    CpuTlb tlb;
    if (result) {
        std::move(*result).flush(tlb);
    }
    return result.has_value();
}

// What the page was mapped to.
Frame<> unmap(Page<> mapped) {
    auto unmapped = memory->mapper.unmap(mapped, memory->frames);
    if (!unmapped) {
        panic("the page at {:#x} cannot be unmapped", mapped.start().value());
    }
    CpuTlb tlb;
    std::move(unmapped->flush).flush(tlb);
    return unmapped->frame;
}

volatile std::uint64_t& word_at(VirtualAddress address) {
    return *address.as<volatile std::uint64_t>();
}

// Every page of it, in both directions: what is memory is there, and nothing else.
void the_direct_map_shows_all_memory_and_nothing_else() {
    std::uint64_t shown = 0;
    for_each_mapping(direct_map, active_level_4_table(), [&shown](const Mapping& mapping) {
        if (mapping.start < direct_map_start) {
            return;
        }
        expect_equal(mapping.start.value() - direct_map_start.value(), mapping.to.value());
        expect(mapping.permissions.writable);
        expect(mapping.permissions.executable == everything_executable());
        expect(!mapping.permissions.user);
        shown += bytes(mapping.size);
    });
    expect_equal(shown, memory->bytes);
    expect_equal(shown, survey->all.frames() * bytes(PageSize::kib4));
    for (const PhysicalRange range : survey->all) {
        for (const std::uint64_t byte : {range.start, range.end - 1}) {
            const auto found = translated(direct_map_start.value() + byte);
            expect(found.has_value() && found->address.value() == byte);
        }
        expect(!translated(direct_map_start.value() + range.end));
    }
}

// At the end of every range: the frames at the beginning of the first hold page tables by now.
void what_is_written_through_it_stays() {
    for (const PhysicalRange range : survey->free) {
        word_at(direct_map.address_of(PhysicalAddress::truncated(range.end - 8))) = ~range.end;
    }
    for (const PhysicalRange range : survey->free) {
        expect_equal(word_at(direct_map.address_of(PhysicalAddress::truncated(range.end - 8))),
                     ~range.end);
    }
}

void at_its_own_address_lies_only_the_kernel_and_the_screen() {
    for_each_mapping(direct_map, active_level_4_table(), [](const Mapping& mapping) {
        if (mapping.start < direct_map_start) {
            const std::uint64_t start = mapping.start.value();
            expect_equal(start, mapping.to.value());
            expect(start == 0xB'8000 ||
                   (start >= address_of(kernel_start) && start < address_of(kernel_end)));
            expect(everything_executable() ||
                   !(mapping.permissions.writable && mapping.permissions.executable));
        }
    });
    expect(translated(0xB'8000).has_value());
    expect(attempt_read(0x30'0000).has_value());
    expect(attempt_read(address_of(kernel_stack_guard)).has_value());
    expect(attempt_read(address_of(kernel_stack_bottom) - 1).has_value());
    expect(!attempt_read(address_of(kernel_stack_bottom)));
    expect(!attempt_read(address_of(kernel_start)));
}

constinit std::uint64_t information_start = 0;
constinit std::uint64_t information_end = 0;

// The boot loader's module, if there is one, and the sum of its bytes before anything was done.
constinit PhysicalRange module_file;
constinit std::uint64_t module_sum = 0;

std::uint64_t sum_of(PhysicalRange range, DirectMap map) {
    std::uint64_t sum = 0;
    for (std::uint64_t address = range.start; address < range.end; ++address) {
        sum += *map.address_of(PhysicalAddress::truncated(address)).as<volatile std::uint8_t>();
    }
    return sum;
}

// By what is known without the survey that the kernel itself relies on.
bool is_free_memory(Frame<> frame) {
    const std::uint64_t start = frame.start().value();
    const std::uint64_t end = start + bytes(PageSize::kib4);
    const auto misses = [start, end](std::uint64_t first, std::uint64_t behind_last) {
        return end <= first || start >= behind_last;
    };
    return start >= 1 << 20 && misses(address_of(kernel_start), address_of(kernel_end)) &&
           misses(information_start, information_end) &&
           misses(module_file.start, module_file.end) && survey->all.contains(frame);
}

void frames_are_free_memory_and_nobody_elses() {
    constexpr std::size_t count = 1024; // few enough for the smallest machine
    const std::uint64_t free_before = memory->frames.free_count();
    expect_equal(free_before + memory->frames.used_count(), survey->free.frames());
    std::uint64_t last = 0;
    Frame<> first = *memory->frames.allocate();
    std::size_t taken = 1;
    for (; taken < count; ++taken) {
        const auto frame = memory->frames.allocate();
        if (!frame) {
            break;
        }
        expect(frame->start().value() > last && is_free_memory(*frame));
        last = frame->start().value();
    }
    expect_equal(memory->frames.free_count(), free_before - taken);
    expect(memory->frames.free(first).has_value());
    expect(memory->frames.free(first) == std::unexpected{FreeError::already_free});
    expect(memory->frames.allocate() == first);
    const auto kernel_frame =
        Frame<>::containing(PhysicalAddress::truncated(address_of(kernel_start)));
    expect(memory->frames.free(kernel_frame) == std::unexpected{FreeError::not_allocated});
}

void a_module_is_still_what_it_was() {
    expect_equal(sum_of(module_file, direct_map), module_sum);
}

void a_page_is_mapped_written_and_unmapped_again() {
    const Frame<> frame = *memory->frames.allocate();
    const std::uint64_t used_before = memory->frames.used_count();
    expect(attempt_read(page.start().value()).has_value());
    expect(succeeded(memory->mapper.map(page, frame, writable(), memory->frames)));
    expect_equal(memory->frames.used_count(), used_before + 3); // tables of level 3, 2 and 1
    word_at(page.start()) = 0x1234'5678;
    expect_equal(*direct_map.words_in(frame), 0x1234'5678u);
    expect(unmap(page) == frame);
    expect(attempt_read(page.start().value()).has_value());
    expect_equal(memory->frames.used_count(), used_before);
    expect(memory->frames.free(frame).has_value());
}

void flags_that_are_set_are_obeyed_after_the_flush() {
    const Frame<> frame = *memory->frames.allocate();
    expect(succeeded(memory->mapper.map(page, frame, writable(), memory->frames)));
    expect(!attempt_write(page.start().value(), 0xC3));
    auto flush = memory->mapper.set_flags(page, EntryFlags{});
    expect(flush.has_value());
    CpuTlb tlb;
    if (flush) {
        std::move(*flush).flush(tlb);
    }
    expect(attempt_write(page.start().value(), 0xC3).has_value());
    expect(!attempt_call(page.start().value())); // a RET
    unmap(page);
    expect(memory->frames.free(frame).has_value());
}

void a_page_shows_its_new_content_after_the_flush() {
    const Frame<> old_frame = *memory->frames.allocate();
    const Frame<> new_frame = *memory->frames.allocate();
    *direct_map.words_in(old_frame) = 1;
    *direct_map.words_in(new_frame) = 2;
    expect(succeeded(memory->mapper.map(page, old_frame, writable(), memory->frames)));
    expect_equal(word_at(page.start()), 1u);
    unmap(page);
    expect(succeeded(memory->mapper.map(page, new_frame, writable(), memory->frames)));
    expect_equal(word_at(page.start()), 2u);
    unmap(page);
    expect(memory->frames.free(old_frame).has_value());
    expect(memory->frames.free(new_frame).has_value());
}

void without_frames_nothing_is_mapped() {
    NoFrames none;
    const auto screen = Frame<>::containing(PhysicalAddress::truncated(0xB'8000));
    const auto refused = memory->mapper.map(page, screen, writable(), none);
    expect(!refused && refused.error() == MapError::out_of_frames);
    expect(attempt_read(page.start().value()).has_value());
}

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    initialize_segments();
    table.set<Vector::page_fault, on_attempted>();
    table.load();
    const auto information = BootInformation::at(boot_information_address, identity_map_size);
    survey = survey_memory(*information, {address_of(kernel_start), address_of(kernel_end)});
    information_start = information->address();
    information_end = information_start + information->size();
    for (const Module module : information->modules()) {
        module_file = {module.start, module.end};
        module_sum = sum_of(module_file, identity_map);
        println("module {} of {} bytes", module.command_line, module_file.size());
    }
    static_cast<void>(attempt_read(0x30'0000)); // so that the CPU remembers how to get there
    auto taken_over = take_over_memory(*information);
    if (!taken_over) {
        panic("{}", describe(taken_over.error()));
    }
    memory.emplace(std::move(*taken_over));
    println("{} KiB of memory, {} frames for the direct map", memory->bytes / 1024,
            memory->direct_map_cost);
    run({
        {"the direct map shows all memory and nothing else",
         the_direct_map_shows_all_memory_and_nothing_else},
        {"what is written through it stays", what_is_written_through_it_stays},
        {"at its own address lies only the kernel and the screen",
         at_its_own_address_lies_only_the_kernel_and_the_screen},
        {"frames are free memory and nobody else's", frames_are_free_memory_and_nobody_elses},
        {"a module is still what it was", a_module_is_still_what_it_was},
        {"a page is mapped, written and unmapped again",
         a_page_is_mapped_written_and_unmapped_again},
        {"flags that are set are obeyed after the flush",
         flags_that_are_set_are_obeyed_after_the_flush},
        {"a page shows its new content after the flush",
         a_page_shows_its_new_content_after_the_flush},
        {"without frames nothing is mapped", without_frames_nothing_is_mapped},
    });
}
