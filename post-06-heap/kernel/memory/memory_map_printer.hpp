// Shows on a few lines what page tables map: neighbouring pages of one kind become one run.
//
//     level 4 table at 0x10a000, used entries: 0 256
//       entry 0
//         0x1000-0x100000 -> same, RW-, 4 KiB x 255
//       entry 256
//         0xffff800000000000-0xffff800040000000 -> 0x0, RW-, 1 GiB x 1
#pragma once

#include "memory/mappings.hpp"
#include "text/format_string.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kernel {

// Pages of one size and with the same permissions, each beginning where the last one ends, in
// virtual memory as in physical memory; all of them below the same level-4 entry.
struct MappedRun {
    Mapping first;
    std::uint64_t pages = 1;

    constexpr std::uint64_t length() const { return pages * bytes(first.size); }

    constexpr bool is_continued_by(const Mapping& next) const {
        return next.start.index(Level::level_4) == first.start.index(Level::level_4) &&
               next.start.value() == first.start.value() + length() &&
               next.to.value() == first.to.value() + length() && next.size == first.size &&
               next.permissions == first.permissions;
    }
};

// The end is the first address behind the run: 0x0 behind the last page of all, and behind the
// last one of the lower half an address that is not canonical.
template <TextSink Sink>
constexpr void write_value(Sink& sink, const MappedRun& run, Field) {
    const Mapping& first = run.first;
    const std::uint64_t start = first.start.value();
    print_to(sink, "{:#x}-{:#x} -> ", start, start + run.length());
    if (first.to.value() == start) {
        print_to(sink, "same");
    } else {
        print_to(sink, "{:#x}", first.to.value());
    }
    print_to(sink, ", {}, {} x {}", first.permissions, name_of(first.size), run.pages);
}

template <TextSink Sink, FrameAccess Access>
constexpr void print_used_entries(Sink& sink, const Access& access, Frame<> table) {
    bool any = false;
    for (std::size_t index = 0; index < PageTable::size; ++index) {
        if (access.table_in(table)[index].is_present()) {
            print_to(sink, " {}", index);
            any = true;
        }
    }
    print_to(sink, "{}\n", any ? "" : " none");
}

// An entry below which nothing is mapped is named on the first line only.
template <TextSink Sink, FrameAccess Access>
constexpr void print_memory_map(Sink& sink, const Access& access, Frame<> level_4_table) {
    print_to(sink, "level 4 table at {:#x}, used entries:", level_4_table.start().value());
    print_used_entries(sink, access, level_4_table);

    std::optional<MappedRun> run;
    const auto print_run = [&sink, &run] {
        if (run) {
            print_to(sink, "    {}\n", *run);
        }
    };
    for_each_mapping(access, level_4_table, [&sink, &run, &print_run](const Mapping& mapping) {
        if (run && run->is_continued_by(mapping)) {
            ++run->pages;
            return;
        }
        print_run();
        const std::uint16_t entry = mapping.start.index(Level::level_4);
        if (!run || run->first.start.index(Level::level_4) != entry) {
            print_to(sink, "  entry {}\n", entry);
        }
        run = MappedRun{.first = mapping};
    });
    print_run();
}

} // namespace kernel
