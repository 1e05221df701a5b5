// int3, or an interrupt, with known values in all registers.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace kernel_test {

// The fifteen general registers other than RSP, then RFLAGS. See registers.asm.
struct Registers {
    std::uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15;
    std::uint64_t rflags;
};

static_assert(offsetof(Registers, rflags) == 15 * 8);

// All of them, in this order.
constexpr std::array<std::uint64_t, 16> values(const Registers& registers) {
    return std::bit_cast<std::array<std::uint64_t, 16>>(registers);
}

// What the CPU must push.
struct Place {
    std::uint64_t rip; // of the instruction after int3
    std::uint64_t rsp; // before int3
};

// Loads every register from `before`, executes int3, and stores every register to `after`.
extern "C" void int3_with_registers(const Registers& before, Registers& after, Place& place);

// The same, but halts until an interrupt has been handled.
extern "C" void halt_with_registers(const Registers& before, Registers& after, Place& place);

} // namespace kernel_test
