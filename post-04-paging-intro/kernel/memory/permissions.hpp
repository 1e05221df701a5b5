// Which kinds of access mapped memory allows.
#pragma once

#include "memory/page_table_entry.hpp"
#include "text/write_value.hpp"

namespace kernel {

// Reading is always allowed where something is mapped.
struct Permissions {
    bool writable = true;
    bool executable = true;
    bool user = true; // for programs outside the kernel too

    static constexpr Permissions of(EntryFlags flags) {
        return {.writable = flags.has(EntryFlag::writable),
                .executable = !flags.has(EntryFlag::no_execute),
                .user = flags.has(EntryFlag::user)};
    }

    friend constexpr bool operator==(const Permissions&, const Permissions&) = default;
};

// Writes "RWX", with "-" for what is forbidden, and then " U" for `user`.
template <TextSink Sink>
constexpr void write_value(Sink& sink, const Permissions& permissions, Field) {
    sink.write("R");
    sink.write(permissions.writable ? "W" : "-");
    sink.write(permissions.executable ? "X" : "-");
    sink.write(permissions.user ? " U" : "");
}

} // namespace kernel
