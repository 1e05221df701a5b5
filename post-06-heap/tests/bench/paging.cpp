// The cost of mapping in instructions per page. Filling a new table with zeros counts as 512
// instructions: QEMU counts each store.

#include "cpu/instructions.hpp"
#include "memory/machine_memory.hpp"
#include "support/figure.hpp"
#include "support/kernel_test.hpp"

#include <expected>
#include <optional>
#include <string_view>
#include <utility>

using namespace kernel;
using namespace kernel_test;

namespace {

constexpr std::uint64_t pages = 512;
constexpr std::uint64_t page_bytes = size_in_bytes(PageSize::kib4);
constexpr EntryFlags flags = EntryFlag::writable | EntryFlag::no_execute;

VirtualAddress page_at(std::uint64_t index) {
    return VirtualAddress::sign_extended(0x4444'4000'0000 + index * page_bytes);
}

Frame<> frame_at(std::uint64_t index) {
    return Frame<>::containing(PhysicalAddress::truncated(0x40'0000 + index * page_bytes));
}

// Returns the instructions of `action`, divided by `times` and rounded up.
template <typename Action>
std::uint64_t cost(std::uint64_t times, Action action) {
    const std::uint64_t before = read_time_stamp_counter();
    const std::uint64_t start = read_time_stamp_counter();
    action();
    const std::uint64_t end = read_time_stamp_counter();
    return (instructions(end - start, start - before) + times - 1) / times;
}

template <typename Action>
std::uint64_t cost_per_page(Action action) {
    return cost(pages, [&action] {
        for (std::uint64_t page = 0; page < pages; ++page) {
            action(page);
        }
    });
}

void expect_success(bool success) {
    if (!success) {
        println("a step of the measurement has failed");
        exit_emulator(Exit::failed);
    }
}

void measure_single_pages(MachineMemory& memory) {
    // One more page keeps the tables, so that only the pages are measured.
    const auto keeper = Page<>::containing(page_at(pages));
    expect_success(memory.mapper.map(keeper, frame_at(0), flags, memory.frames).has_value());
    const auto map = [&memory](std::uint64_t page) {
        static_cast<void>(memory.mapper.map(Page<>::containing(page_at(page)), frame_at(page),
                                            flags, memory.frames));
    };
    const auto unmap = [&memory](std::uint64_t page) {
        auto unmapped = memory.mapper.unmap(Page<>::containing(page_at(page)), memory.frames);
        std::move(unmapped->flush).ignore();
    };
    report_figure("map a page, tables there", cost_per_page(map), "instructions");
    report_figure("translate an address", cost_per_page([&memory](std::uint64_t page) {
                      const auto found = memory.mapper.translate(page_at(page));
                      asm volatile("" : : "r"(found->address.value()));
                  }),
                  "instructions");
    report_figure("translate an address, size and permissions too",
                  cost_per_page([&memory](std::uint64_t page) {
                      const auto found = memory.mapper.translate(page_at(page));
                      asm volatile("" : : "m"(*found));
                  }),
                  "instructions");
    report_figure("unmap a page, tables stay", cost_per_page(unmap), "instructions");
}

// Pages of 4 KiB, with all their tables.
void measure_range(MachineMemory& memory, std::uint64_t count, std::string_view name) {
    const VirtualAddress start = VirtualAddress::sign_extended(0x5555'4000'0000);
    report_figure(name,
                  cost(count,
                       [&] {
                           expect_success(memory.mapper
                                              .map_range(start, frame_at(0).start(),
                                                         count * page_bytes, flags, memory.frames,
                                                         PageSize::kib4)
                                              .has_value());
                       }),
                  "instructions");
    auto flush = memory.mapper.unmap_range(start, count * page_bytes, memory.frames);
    CpuTlb tlb;
    std::move(*flush).flush(tlb);
}

// The last page of the table is mapped before, so that the table exists.
void measure_range_in_a_table(MachineMemory& memory) {
    const std::uint64_t count = pages - 1;
    const VirtualAddress start = VirtualAddress::sign_extended(0x6666'4000'0000);
    const auto keeper =
        Page<>::containing(VirtualAddress::sign_extended(start.value() + count * page_bytes));
    expect_success(memory.mapper.map(keeper, frame_at(0), flags, memory.frames).has_value());
    report_figure("map_range, table there, for each of 511 pages",
                  cost(count,
                       [&] {
                           expect_success(memory.mapper
                                              .map_range(start, frame_at(0).start(),
                                                         count * page_bytes, flags, memory.frames,
                                                         PageSize::kib4)
                                              .has_value());
                       }),
                  "instructions");
    report_figure("unmap_range, table stays, for each of 511 pages",
                  cost(count,
                       [&] {
                           auto flush =
                               memory.mapper.unmap_range(start, count * page_bytes, memory.frames);
                           std::move(*flush).ignore();
                       }),
                  "instructions");
}

void measure_frames(MachineMemory& memory) {
    std::uint64_t taken = 0;
    std::uint64_t last = 0; // the address of the frame that was allocated last
    const auto allocate = [&] {
        const auto frame = memory.frames.allocate();
        last = frame ? frame->start().value() : 0;
    };
    for (const auto& [number, name] :
         {std::pair{100u, "allocate the 100th frame"}, {10'000u, "allocate the 10,000th frame"}}) {
        for (; taken < number - 1; ++taken) {
            allocate();
        }
        report_figure(name, cost(1, allocate), "instructions");
        ++taken;
    }
    expect_success(last != 0);
    const auto frame = Frame<>::containing(PhysicalAddress::truncated(last));
    report_figure("free a frame", cost(1, [&] { static_cast<void>(memory.frames.free(frame)); }),
                  "instructions");
    report_figure("allocate a frame that came back", cost(1, allocate), "instructions");
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    initialize_console();
    const auto information = read_boot_information(boot_information_address, identity_map_size);
    std::optional<std::expected<MachineMemory, MachineMemoryError>> memory;
    report_figure("take over the memory",
                  cost(1, [&] { memory.emplace(take_over_memory(*information)); }), "instructions");
    expect_success(memory->has_value());
    report_figure("page tables of the direct map", (*memory)->direct_map_cost, "frames");
    measure_single_pages(**memory);
    measure_range(**memory, 512, "map_range, new tables, for each of 512 pages");
    measure_range(**memory, 262'144, "map_range, new tables, for each of 262,144 pages");
    measure_range_in_a_table(**memory);
    measure_frames(**memory);
    exit_emulator(Exit::passed);
}
