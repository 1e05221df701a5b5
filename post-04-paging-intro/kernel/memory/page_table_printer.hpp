// Prints what page tables map: neighbouring pages of one kind become one line.
//
//     level 4 table at 0x10a000, used entries: 0 256
//       entry 0
//         0x1000-0x100000 -> same, RW-, 4 KiB x 255
//       entry 256
//         0xffff800000000000-0xffff800040000000 -> 0x0, RW-, 1 GiB x 1
#pragma once

#include "memory/mapping.hpp"
#include "text/format_string.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel {

// Pages of one size with the same permissions, which follow each other both in virtual and in
// physical memory, below one entry of the level-4 table.
struct MappedRun {
    Mapping first{};
    std::uint64_t pages = 0;

    constexpr std::uint64_t length() const { return pages * size_in_bytes(first.size); }

    constexpr std::uint16_t level_4_entry() const { return first.start.index(Level::level_4); }

    constexpr bool is_continued_by(const Mapping& next) const {
        return pages != 0 && next.start.index(Level::level_4) == level_4_entry() &&
               next.start.value() == first.start.value() + length() &&
               next.to.value() == first.to.value() + length() && next.size == first.size &&
               next.permissions == first.permissions;
    }
};

// The end is the first address after the run: 0x0 after the last page of all, and at the end of the
// lower half an address that is not canonical.
template <TextSink Sink>
constexpr void write_value(Sink& sink, const MappedRun& run, Field) {
    const std::uint64_t start = run.first.start.value();
    print_to(sink, "{:#x}-{:#x} -> ", start, start + run.length());
    if (run.first.to.value() == start) {
        print_to(sink, "same");
    } else {
        print_to(sink, "{:#x}", run.first.to.value());
    }
    print_to(sink, ", {}, {} x {}", run.first.permissions, name_of(run.first.size), run.pages);
}

template <TextSink Sink, FrameAccess Access>
constexpr void print_used_entries(Sink& sink, const Access& access, Frame<> table) {
    for (std::size_t index = 0; index < PageTable::size; ++index) {
        if (access.table_in(table)[index].is_present()) {
            print_to(sink, " {}", index);
        }
    }
    print_to(sink, "\n");
}

// A level-4 entry below which no page is mapped appears on the first line only.
template <TextSink Sink, FrameAccess Access>
constexpr void print_page_tables(Sink& sink, const Access& access, Frame<> level_4_table) {
    print_to(sink, "level 4 table at {:#x}, used entries:", level_4_table.start().value());
    print_used_entries(sink, access, level_4_table);

    MappedRun run;
    const auto print_run = [&sink, &run] {
        if (run.pages != 0) {
            print_to(sink, "    {}\n", run);
        }
    };
    for_each_mapping(access, level_4_table, [&sink, &run, &print_run](const Mapping& mapping) {
        if (!run.is_continued_by(mapping)) {
            print_run();
            const MappedRun next{.first = mapping};
            if (run.pages == 0 || next.level_4_entry() != run.level_4_entry()) {
                print_to(sink, "  entry {}\n", next.level_4_entry());
            }
            run = next;
        }
        ++run.pages;
    });
    print_run();
}

} // namespace kernel
