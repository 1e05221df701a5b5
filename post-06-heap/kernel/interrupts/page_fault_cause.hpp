// A guess at why a page fault came about: which mistake it is most likely to be.
#pragma once

#include "interrupts/guard_pages.hpp"
#include "interrupts/page_fault_error_code.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace kernel {

enum class PageFaultCause : std::uint8_t {
    null_pointer,
    stack_guard_page, // a stack that overflows by pushing is a double fault: see page_fault.hpp
    not_mapped,
    write_to_read_only,
    execute_of_no_execute,
    reserved_bit_set,
    forbidden, // another rule about a page that is there: privilege, protection key, shadow stack
};

constexpr std::string_view describe(PageFaultCause cause) {
    switch (cause) {
    case PageFaultCause::null_pointer:
        return "a null pointer was used: page 0 is never mapped";
    case PageFaultCause::stack_guard_page:
        return "a stack's guard page was touched, by what ran below the stack";
    case PageFaultCause::not_mapped:
        return "nothing is mapped there";
    case PageFaultCause::write_to_read_only:
        return "the page is read-only";
    case PageFaultCause::execute_of_no_execute:
        return "the page holds no code: it may not be executed";
    case PageFaultCause::reserved_bit_set:
        return "a page table entry has a bit set that must be 0";
    case PageFaultCause::forbidden:
        return "the page is there, but not for this access";
    }
    return "unknown cause";
}

// What a null pointer and a small offset lead to.
inline constexpr std::uint64_t page_zero_end = 4096;

// `address` is the one in CR2, `guards` are the guard pages of all stacks.
constexpr PageFaultCause cause_of(PageFaultErrorCode code, std::uint64_t address,
                                  std::span<const GuardPages> guards) {
    using enum PageFaultCause;
    if (code.reserved_bit()) {
        return reserved_bit_set;
    }
    if (!code.page_present()) {
        for (const GuardPages guard : guards) {
            if (guard.contains(address)) {
                return stack_guard_page;
            }
        }
        return address < page_zero_end ? null_pointer : not_mapped;
    }
    if (code.user() || code.protection_key() || code.shadow_stack()) {
        return forbidden;
    }
    if (code.instruction_fetch()) {
        return execute_of_no_execute;
    }
    return code.write() ? write_to_read_only : forbidden;
}

} // namespace kernel
