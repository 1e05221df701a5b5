#include "interrupts/page_fault.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace {

using namespace kernel;

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

GuardPages two_pages_from(std::uint64_t start) {
    return {reinterpret_cast<const std::byte*>(start),
            reinterpret_cast<const std::byte*>(start + 0x2000)};
}

std::string_view cause(std::uint64_t code, std::uint64_t address) {
    const std::array guards{two_pages_from(0x10'0000), two_pages_from(0x20'0000)};
    return likely_cause(PageFaultErrorCode{code}, address, guards);
}

constexpr std::string_view null_pointer = "a null pointer was used: page 0 is never mapped";
constexpr std::string_view guard_page =
    "a stack's guard page was touched, by an access below the stack";
constexpr std::string_view not_mapped = "nothing is mapped there";
constexpr std::string_view read_only = "the page is read-only";
constexpr std::string_view no_execute = "the page holds no code: it may not be executed";
constexpr std::string_view reserved = "a page table entry has a bit set that must be 0";
constexpr std::string_view forbidden = "the page is mapped, but not for this access";

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
        EXPECT_EQ(cause(write, start), guard_page);
        EXPECT_EQ(cause(0, start + 0x1FFF), guard_page);
        EXPECT_EQ(cause(write, start + 0x2000), not_mapped);
    }
}

TEST(PageFaultCause, IsTheForbiddenAccessIfThePageIsMapped) {
    EXPECT_EQ(cause(present | write, 0x5000), read_only);
    EXPECT_EQ(cause(present | instruction_fetch, 0x5000), no_execute);
    EXPECT_EQ(cause(present, 0x5000), forbidden);
}

TEST(PageFaultCause, IsNotGuessedForRulesThatTheKernelDoesNotUse) {
    for (const std::uint64_t rule : {user, protection_key, shadow_stack}) {
        EXPECT_EQ(cause(present | write | rule, 0x5000), forbidden);
        EXPECT_EQ(cause(present | instruction_fetch | rule, 0x5000), forbidden);
    }
}

TEST(PageFaultCause, IsAReservedBitWhateverElseIsSet) {
    EXPECT_EQ(cause(present | reserved_bit | write, 0), reserved);
    EXPECT_EQ(cause(reserved_bit, 0x10'0000), reserved); // QEMU does not set "present"
    EXPECT_EQ(cause(present | reserved_bit | instruction_fetch | user, 0x5000), reserved);
}

} // namespace
