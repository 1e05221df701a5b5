// What may be done with mapped memory.
#pragma once

#include "memory/page_table_entry.hpp"
#include "text/write_value.hpp"

namespace kernel {

// Reading is always allowed where something is mapped.
struct Permissions {
    bool writable = true;
    bool executable = true;
    bool user = true;

    static constexpr Permissions of(EntryFlags flags) {
        return {.writable = flags.has(EntryFlag::writable),
                .executable = !flags.has(EntryFlag::no_execute),
                .user = flags.has(EntryFlag::user)};
    }

    // Every level has a say: what one of them forbids is forbidden.
    // [Intel SDM vol. 3A, "Determination of Access Rights"]
    friend constexpr Permissions operator&(Permissions a, Permissions b) {
        return {.writable = a.writable && b.writable,
                .executable = a.executable && b.executable,
                .user = a.user && b.user};
    }

    friend constexpr bool operator==(const Permissions&, const Permissions&) = default;
};

// R, W and X, with a line for what is not allowed; a U behind it if programs outside the kernel
// may.
template <TextSink Sink>
constexpr void write_value(Sink& sink, const Permissions& permissions, Field) {
    sink.write("R");
    sink.write(permissions.writable ? "W" : "-");
    sink.write(permissions.executable ? "X" : "-");
    sink.write(permissions.user ? " U" : "");
}

} // namespace kernel
