// Reads the bytes of stubs.asm's stubs, which are linked into this program, and compares them with
// vector.hpp: both have the list of vectors with an error code.

#include "interrupts/interrupt_descriptor_table.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string_view>

namespace {

using namespace kernel;

constexpr std::uint8_t push_byte = 0x6A; // PUSH imm8, sign-extended
constexpr std::uint8_t push_word = 0x68; // PUSH imm32
constexpr std::uint8_t jump_near = 0xE9; // JMP rel32
constexpr std::uint8_t jump_short = 0xEB;

// Reads a PUSH of a constant at `code` and moves `code` after it. Returns -1 if there is none.
std::int64_t take_push(const std::uint8_t*& code) {
    if (*code == push_byte) {
        const auto value = static_cast<std::int8_t>(code[1]);
        code += 2;
        return value;
    }
    if (*code == push_word) {
        std::int32_t value;
        std::memcpy(&value, code + 1, sizeof value);
        code += 5;
        return value;
    }
    return -1;
}

// A compiler may rely on it: an array of 16 bytes or more is aligned to 16 bytes.
// [System V ABI, AMD64 Supplement, "Aggregates and Unions"]
TEST(EntryStub, HasItsAddressInAnAlignedArray) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(interrupt_stubs) % 16, 0U);
}

TEST(EntryStub, PushesAZeroIfTheCpuPushesNoErrorCodeAndThenItsVector) {
    for (std::size_t vector = 0; vector < vector_count; ++vector) {
        SCOPED_TRACE(vector);
        const auto* code = reinterpret_cast<const std::uint8_t*>(interrupt_stubs[vector]);
        if (!pushes_error_code(static_cast<Vector>(vector))) {
            EXPECT_EQ(take_push(code), 0);
        }
        EXPECT_EQ(take_push(code), static_cast<std::int64_t>(vector));
        EXPECT_EQ(take_push(code), -1) << "one push too many";
        EXPECT_TRUE(*code == jump_near || *code == jump_short);
    }
}

// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
TEST(Vector, PushesAnErrorCodeForTenOfThem) {
    for (const int vector : {8, 10, 11, 12, 13, 14, 17, 21, 29, 30}) {
        EXPECT_TRUE(pushes_error_code(static_cast<Vector>(vector))) << vector;
    }
    int count = 0;
    for (int vector = 0; vector < 256; ++vector) {
        count += pushes_error_code(static_cast<Vector>(vector)) ? 1 : 0;
    }
    EXPECT_EQ(count, 10);
}

// [Intel SDM vol. 3A, "Exception and Interrupt Vectors"] [AMD APM vol. 2, "Vectors"]
TEST(Vector, HasTheManualsName) {
    const std::map<int, std::string_view> names{{0, "DIVIDE ERROR"},
                                                {1, "DEBUG"},
                                                {2, "NON-MASKABLE INTERRUPT"},
                                                {3, "BREAKPOINT"},
                                                {4, "OVERFLOW"},
                                                {5, "BOUND RANGE EXCEEDED"},
                                                {6, "INVALID OPCODE"},
                                                {7, "DEVICE NOT AVAILABLE"},
                                                {8, "DOUBLE FAULT"},
                                                {10, "INVALID TSS"},
                                                {11, "SEGMENT NOT PRESENT"},
                                                {12, "STACK-SEGMENT FAULT"},
                                                {13, "GENERAL PROTECTION"},
                                                {14, "PAGE FAULT"},
                                                {16, "X87 FLOATING POINT"},
                                                {17, "ALIGNMENT CHECK"},
                                                {18, "MACHINE CHECK"},
                                                {19, "SIMD FLOATING POINT"},
                                                {20, "VIRTUALIZATION"},
                                                {21, "CONTROL PROTECTION"},
                                                {28, "HYPERVISOR INJECTION"},
                                                {29, "VMM COMMUNICATION"},
                                                {30, "SECURITY"}};
    for (int vector = 0; vector < 32; ++vector) {
        const auto named = names.find(vector);
        EXPECT_EQ(name_of(static_cast<Vector>(vector)),
                  named == names.end() ? "RESERVED" : named->second);
        EXPECT_TRUE(is_exception(static_cast<Vector>(vector)));
    }
    EXPECT_FALSE(is_exception(static_cast<Vector>(32)));
}

// The lines of the interrupt controllers follow the 32 vectors of the CPU's exceptions.
TEST(Vector, OfAnInterruptRequestLineIsThatOfTheFirstOnePlusItsNumber) {
    EXPECT_EQ(static_cast<int>(vector_of(Irq::timer)), 32);
    EXPECT_EQ(static_cast<int>(vector_of(Irq::keyboard)), 33);
    EXPECT_EQ(static_cast<int>(vector_of(Irq::lpt1)), 39);
    EXPECT_EQ(static_cast<int>(vector_of(Irq::secondary_ata)), 47);
}

} // namespace
