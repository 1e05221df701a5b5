// The machine's memory after the kernel has taken it over. Runs on machines of many sizes and
// kinds.

#include "console/panic.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/stacks.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/machine_memory.hpp"
#include "memory/mapping.hpp"
#include "support/attempt.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" std::byte kernel_start[], kernel_end[];

namespace {

constinit std::optional<BootInformation> information;
constinit std::optional<FrameSet> free_memory;
constinit std::optional<MachineMemory> memory;

// On a CPU without no-execute, every page can be executed.
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

// Returns the frame that the page was mapped to.
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

// Every page of it leads to memory, and all memory has a page.
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
        shown += size_in_bytes(mapping.size);
    });
    expect_equal(shown, memory->bytes);
    expect_equal(shown, information->memory.frame_count() * size_in_bytes(PageSize::kib4));
    const FrameSet& all = information->memory;
    for (PhysicalRange run = all.run_from(0); !run.is_empty(); run = all.run_from(run.end)) {
        for (const std::uint64_t byte : {run.start, run.end - 1}) {
            const auto found = translated(direct_map_start.value() + byte);
            expect(found.has_value() && found->address.value() == byte);
        }
        expect(!translated(direct_map_start.value() + run.end));
    }
}

// At the end of every run, because the first frames hold page tables by now.
void what_is_written_through_it_stays() {
    const FrameSet& free = *free_memory;
    const auto last_word = [](PhysicalRange run) -> volatile std::uint64_t& {
        return word_at(direct_map.address_of(PhysicalAddress::truncated(run.end - 8)));
    };
    for (PhysicalRange run = free.run_from(0); !run.is_empty(); run = free.run_from(run.end)) {
        last_word(run) = ~run.end;
    }
    for (PhysicalRange run = free.run_from(0); !run.is_empty(); run = free.run_from(run.end)) {
        expect_equal(last_word(run), ~run.end);
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

// The frames above the first MiB, without the kernel's, that hold something from the boot loader,
// and the sum of their words.
struct LoadedFrames {
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
};
constinit LoadedFrames loaded; // before anything was done

bool is_kernel(std::uint64_t address) {
    return address >= address_of(kernel_start) && address < address_of(kernel_end);
}

LoadedFrames loaded_frames(DirectMap map) {
    LoadedFrames result;
    const FrameSet& all = information->memory;
    PhysicalRange run = all.run_from(1 << 20);
    for (; !run.is_empty() && run.start < identity_map_size; run = all.run_from(run.end)) {
        for (std::uint64_t start = run.start; start < run.end; start += 4096) {
            const auto frame = Frame<>::containing(PhysicalAddress::truncated(start));
            if (is_kernel(start) || free_memory->contains(frame)) {
                continue;
            }
            ++result.count;
            for (std::uint64_t word = 0; word < 512; ++word) {
                result.sum += map.words_in(frame)[word];
            }
        }
    }
    return result;
}

void frames_that_are_handed_out_are_free() {
    constexpr std::size_t count = 1024; // few enough for the smallest machine
    const std::uint64_t free_before = memory->frames.free_count();
    expect_equal(free_before + memory->frames.used_count(), free_memory->frame_count());
    std::uint64_t last = 0;
    Frame<> first = *memory->frames.allocate();
    std::size_t taken = 1;
    for (; taken < count; ++taken) {
        const auto frame = memory->frames.allocate();
        if (!frame) {
            break;
        }
        expect(frame->start().value() > last && free_memory->contains(*frame) &&
               frame->start().value() >= 1 << 20 && !is_kernel(frame->start().value()));
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

void what_the_loader_has_loaded_is_still_there() {
    const LoadedFrames now = loaded_frames(direct_map);
    expect_equal(now.count, loaded.count);
    expect_equal(now.sum, loaded.sum);
}

void a_page_is_mapped_written_and_unmapped_again() {
    const Frame<> frame = *memory->frames.allocate();
    const std::uint64_t used_before = memory->frames.used_count();
    expect(attempt_read(page.start().value()).has_value());
    expect(memory->mapper.map(page, frame, writable(), memory->frames).has_value());
    expect_equal(memory->frames.used_count(), used_before + 3); // tables of level 3, 2 and 1
    word_at(page.start()) = 0x1234'5678;
    expect_equal(*direct_map.words_in(frame), 0x1234'5678u);
    expect(unmap(page) == frame);
    expect(attempt_read(page.start().value()).has_value());
    expect_equal(memory->frames.used_count(), used_before);
    expect(memory->frames.free(frame).has_value());
}

void a_page_allows_what_its_flags_say() {
    const Frame<> frame = *memory->frames.allocate();
    expect(memory->mapper.map(page, frame, writable(), memory->frames).has_value());
    expect(!attempt_write(page.start().value(), 0xC3));
    unmap(page);
    expect(memory->mapper.map(page, frame, EntryFlags{}, memory->frames).has_value());
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
    expect(memory->mapper.map(page, old_frame, writable(), memory->frames).has_value());
    expect_equal(word_at(page.start()), 1u);
    unmap(page);
    expect(memory->mapper.map(page, new_frame, writable(), memory->frames).has_value());
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
    information = *read_boot_information(boot_information_address, identity_map_size);
    free_memory = free_frames(*information, {address_of(kernel_start), address_of(kernel_end)});
    loaded = loaded_frames(identity_map);
    println("{} frames were filled by the boot loader", loaded.count);
    static_cast<void>(attempt_read(0x30'0000)); // so that the CPU caches the translation
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
        {"frames that are handed out are free", frames_that_are_handed_out_are_free},
        {"what the loader has loaded is still there", what_the_loader_has_loaded_is_still_there},
        {"a page is mapped, written and unmapped again",
         a_page_is_mapped_written_and_unmapped_again},
        {"a page allows what its flags say", a_page_allows_what_its_flags_say},
        {"a page shows its new content after the flush",
         a_page_shows_its_new_content_after_the_flush},
        {"without frames nothing is mapped", without_frames_nothing_is_mapped},
    });
}
