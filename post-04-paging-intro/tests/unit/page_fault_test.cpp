#include "interrupts/page_fault_cause.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string_view>

namespace {

using namespace kernel;
using enum PageFaultCause;

constexpr std::uint64_t present = 1 << 0;
constexpr std::uint64_t write = 1 << 1;
constexpr std::uint64_t user = 1 << 2;
constexpr std::uint64_t reserved_bit = 1 << 3;
constexpr std::uint64_t instruction_fetch = 1 << 4;
constexpr std::uint64_t protection_key = 1 << 5;
constexpr std::uint64_t shadow_stack = 1 << 6;

// [Intel SDM vol. 3A, "Interrupt 14—Page-Fault Exception (#PF)"]
TEST(PageFaultErrorCode, HasTheManualsBits) {
    using Code = PageFaultErrorCode;
    const std::array<bool (Code::*)() const, 7> in_order{
        &Code::page_present,      &Code::write,          &Code::user,        &Code::reserved_bit,
        &Code::instruction_fetch, &Code::protection_key, &Code::shadow_stack};
    for (unsigned bit = 0; bit < 64; ++bit) {
        const Code code{std::uint64_t{1} << bit};
        for (unsigned i = 0; i < in_order.size(); ++i) {
            EXPECT_EQ((code.*in_order[i])(), i == bit) << "bit " << bit << ", question " << i;
        }
    }
}

std::string in_words(std::uint64_t code) {
    return printed("{}", PageFaultErrorCode{code});
}

TEST(PageFaultErrorCode, IsWrittenInWords) {
    EXPECT_EQ(in_words(0), "read, kernel mode, page not present");
    EXPECT_EQ(in_words(present | write), "write, kernel mode, page present");
    EXPECT_EQ(in_words(instruction_fetch | user), "instruction fetch, user mode, page not present");
    EXPECT_EQ(in_words(present | reserved_bit | protection_key | shadow_stack),
              "read, kernel mode, page present, reserved bit, protection key, shadow stack");
}

constexpr std::array guards{GuardPages{0x10'0000, 0x10'2000}, GuardPages{0x20'0000, 0x20'2000}};

PageFaultCause cause(std::uint64_t code, std::uint64_t address) {
    return cause_of(PageFaultErrorCode{code}, address, guards);
}

TEST(PageFaultCause, IsANullPointerInPageZero) {
    for (const std::uint64_t access : {std::uint64_t{0}, write, instruction_fetch}) {
        EXPECT_EQ(cause(access, 0), null_pointer);
        EXPECT_EQ(cause(access, 0xFFF), null_pointer);
        EXPECT_EQ(cause(access, 0x1000), not_mapped);
    }
}

TEST(PageFaultCause, IsAGuardPageInOne) {
    for (const std::uint64_t start : {0x10'0000u, 0x20'0000u}) {
        EXPECT_EQ(cause(write, start - 1), not_mapped);
        EXPECT_EQ(cause(write, start), stack_guard_page);
        EXPECT_EQ(cause(0, start + 0x1FFF), stack_guard_page);
        EXPECT_EQ(cause(write, start + 0x2000), not_mapped);
    }
}

TEST(PageFaultCause, IsTheForbiddenAccessWhereSomethingIsMapped) {
    EXPECT_EQ(cause(present | write, 0x5000), write_to_read_only);
    EXPECT_EQ(cause(present | instruction_fetch, 0x5000), execute_of_no_execute);
    EXPECT_EQ(cause(present, 0x5000), forbidden);
}

TEST(PageFaultCause, IsNotGuessedForRulesThatTheKernelDoesNotUse) {
    EXPECT_EQ(cause(present | write | user, 0x5000), forbidden);
    EXPECT_EQ(cause(present | write | protection_key, 0x5000), forbidden);
    EXPECT_EQ(cause(present | write | shadow_stack, 0x5000), forbidden);
}

TEST(PageFaultCause, IsAReservedBitWhateverElseIsSet) {
    EXPECT_EQ(cause(present | reserved_bit | write, 0), reserved_bit_set);
    EXPECT_EQ(cause(reserved_bit, 0x10'0000), reserved_bit_set); // QEMU leaves "present" out
    EXPECT_EQ(cause(present | reserved_bit | instruction_fetch | user, 0x5000), reserved_bit_set);
}

TEST(PageFaultCause, HasWordsOfItsOwn) {
    std::set<std::string_view> words;
    for (int value = 0; value <= static_cast<int>(forbidden); ++value) {
        words.insert(describe(static_cast<PageFaultCause>(value)));
    }
    EXPECT_EQ(words.size(), 7U);
    EXPECT_FALSE(words.contains("unknown cause"));
}

TEST(GuardPages, ContainsItsBytesAndNoOthers) {
    const GuardPages guard{0x10'0000, 0x10'2000};
    EXPECT_FALSE(guard.contains(0x0F'FFFF));
    EXPECT_TRUE(guard.contains(0x10'0000));
    EXPECT_TRUE(guard.contains(0x10'1FFF));
    EXPECT_FALSE(guard.contains(0x10'2000));
}

} // namespace
