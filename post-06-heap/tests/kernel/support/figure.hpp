// Figures for `make bench`: instructions, counted by QEMU.
//
// Under -icount shift=7 the time-stamp counter advances by 2^7 for every guest instruction, so a
// difference is a count of instructions, the same in every run. Without -icount the figures mean
// nothing.
#pragma once

#include "console/console.hpp"

#include <cstdint>
#include <string_view>

namespace kernel_test {

constexpr unsigned icount_shift = 7;

inline std::uint64_t read_time_stamp_counter() {
    std::uint32_t low;
    std::uint32_t high;
    asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return std::uint64_t{high} << 32 | low;
}

// The instructions between two readings of the counter without those of reading it. `spent` is the
// difference with the work in between, `empty` the difference without.
constexpr std::uint64_t instructions(std::uint64_t spent, std::uint64_t empty) {
    return (spent - empty) >> icount_shift;
}

// `make bench` collects lines of this form.
inline void report_figure(std::string_view name, std::uint64_t value, std::string_view unit) {
    kernel::println("figure: {} = {} {}", name, value, unit);
}

} // namespace kernel_test
