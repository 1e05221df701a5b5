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
    Frame<> table = level_4_table;
    for (const Level level : {Level::level_4, Level::level_3, Level::level_2, Level::level_1}) {
        const PageTableEntry entry = access.table_in(table)[address.index(level)];
        print_to(sink, "level {}, entry {:3}", static_cast<unsigned>(level), address.index(level));
        if (!entry.is_present()) {
            print_to(sink, ": not present, nothing is mapped at {:#x}\n", address.value());
            return;
        }
        const std::uint64_t to = entry.address(level).value();
        print_to(sink, ", {}: ", Permissions::of(entry.flags()));
        if (entry.is_leaf(level)) {
            print_to(sink, "{} page at {:#x}\n", name_of(size_of_leaf(level)), to);
            break;
        }
        print_to(sink, "table at {:#x}\n", to);
        table = Frame<>::containing(entry.address(level));
    }
    if (const auto end = translate(access, level_4_table, address)) {
        print_to(sink, "physical address {:#x}, {}\n", end->address.value(), end->permissions());
    }
}

} // namespace kernel
