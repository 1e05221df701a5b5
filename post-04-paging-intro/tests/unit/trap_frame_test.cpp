#include "interrupts/trap_frame.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

TEST(TrapFrame, PrintsEveryRegisterUnderItsOwnName) {
    kernel::TrapFrame frame{};
    std::uint64_t next = 0xA000;
    // In the order of the fields, so that a register under a wrong name is noticed.
    for (auto* field : {&frame.r15, &frame.r14, &frame.r13, &frame.r12, &frame.r11, &frame.r10,
                        &frame.r9, &frame.r8, &frame.rbp, &frame.rdi, &frame.rsi, &frame.rdx,
                        &frame.rcx, &frame.rbx, &frame.rax, &frame.rip, &frame.rsp}) {
        *field = next++;
    }
    frame.cs = 0x8;
    frame.ss = 0x10;
    frame.rflags = 0x246;
    frame.error_code = 0xEC;
    EXPECT_EQ(printed("{}", frame),
              "  rip 0x000000000000a00f  cs 0x0008  rflags 0x00000246\n"
              "  rsp 0x000000000000a010  ss 0x0010  error  0x000000ec\n"
              "  rax 0x000000000000a00e rbx 0x000000000000a00d rcx 0x000000000000a00c\n"
              "  rdx 0x000000000000a00b rsi 0x000000000000a00a rdi 0x000000000000a009\n"
              "  rbp 0x000000000000a008 r8  0x000000000000a007 r9  0x000000000000a006\n"
              "  r10 0x000000000000a005 r11 0x000000000000a004 r12 0x000000000000a003\n"
              "  r13 0x000000000000a002 r14 0x000000000000a001 r15 0x000000000000a000\n");
}

TEST(TrapFrame, FitsTheWidthOfTheScreen) {
    kernel::TrapFrame frame{};
    frame.rip = frame.rsp = frame.rax = frame.rbx = frame.rcx = ~std::uint64_t{0};
    std::istringstream lines{printed("{}", frame)};
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(line.size(), 80u) << line;
    }
}

} // namespace
