// The interrupted program's registers, as they lie on the stack while a handler runs.
//
// The CPU pushes the last five fields, and for some vectors an error code. stubs.asm pushes the
// rest, and 0 in place of a missing error code, so that all frames have the same layout. A handler
// may change the frame: the program continues with the registers that it finds there.
// [Intel SDM vol. 3A, "64-Bit Mode Stack Frame"]
#pragma once

#include "text/format_string.hpp"

#include <cstddef>
#include <cstdint>

namespace kernel {

struct TrapFrame {
    std::uint64_t r15, r14, r13, r12, r11, r10, r9, r8; // pushed by stubs.asm, r15 last
    std::uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
    std::uint64_t vector;
    std::uint64_t error_code; // 0 if the vector has no error code
    std::uint64_t rip;        // from here on pushed by the CPU
    std::uint64_t cs;
    std::uint64_t rflags;
    std::uint64_t rsp;
    std::uint64_t ss;
};

static_assert(sizeof(TrapFrame) == 22 * 8);
static_assert(offsetof(TrapFrame, vector) == 15 * 8);
static_assert(offsetof(TrapFrame, rip) == 17 * 8);
static_assert(offsetof(TrapFrame, ss) == 21 * 8);

// Seven lines, each ending in a newline.
template <TextSink Sink>
void write_value(Sink& sink, const TrapFrame& f, Field) {
    print_to(sink, "  rip {:#018x}  cs {:#06x}  rflags {:#010x}\n", f.rip, f.cs, f.rflags);
    print_to(sink, "  rsp {:#018x}  ss {:#06x}  error  {:#010x}\n", f.rsp, f.ss, f.error_code);
    print_to(sink, "  rax {:#018x} rbx {:#018x} rcx {:#018x}\n", f.rax, f.rbx, f.rcx);
    print_to(sink, "  rdx {:#018x} rsi {:#018x} rdi {:#018x}\n", f.rdx, f.rsi, f.rdi);
    print_to(sink, "  rbp {:#018x} r8  {:#018x} r9  {:#018x}\n", f.rbp, f.r8, f.r9);
    print_to(sink, "  r10 {:#018x} r11 {:#018x} r12 {:#018x}\n", f.r10, f.r11, f.r12);
    print_to(sink, "  r13 {:#018x} r14 {:#018x} r15 {:#018x}\n", f.r13, f.r14, f.r15);
}

} // namespace kernel
