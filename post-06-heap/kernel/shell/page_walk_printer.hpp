// The page walk, one line for each level: what translate() does, for people to watch.
//
//     level 4, entry   0, RWX: table at 0x10a000
//     level 3, entry   0, RWX: table at 0x10b000
//     level 2, entry   0, RWX: table at 0x10c000
//     level 1, entry 184, RW-: 4 KiB page at 0xb8000
//     physical address 0xb8000, RW-
#pragma once

#include "memory/translate.hpp"
#include "text/format_string.hpp"

namespace kernel {

template <TextSink Sink, FrameAccess Access>
void print_page_walk(Sink& sink, const Access& access, Frame<> level_4_table,
                     VirtualAddress address) {
    const Level last = page_walk(access, level_4_table, address).level;
    for (Level level = Level::level_4; level >= last; level = level_below(level)) {
        const PageTableEntry entry = *page_walk(access, level_4_table, address, level).entry;
        print_to(sink, "level {}, entry {:3}", static_cast<unsigned>(level), address.index(level));
        if (!entry.is_present()) {
            print_to(sink, ": not present, nothing is mapped at {:#x}\n", address.value());
            return;
        }
        const bool leaf = entry.is_leaf(level);
        print_to(sink, ", {}: {}{} at {:#x}\n", Permissions::of(entry.flags()),
                 leaf ? name_of(level) : "", leaf ? " page" : "table",
                 entry.address(level).value());
    }
    if (const auto end = translate(access, level_4_table, address)) {
        print_to(sink, "physical address {:#x}, {}\n", end->address.value(), end->permissions());
    }
}

} // namespace kernel
