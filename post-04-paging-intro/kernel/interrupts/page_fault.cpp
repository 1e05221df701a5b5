#include "interrupts/page_fault.hpp"

#include <algorithm>

namespace kernel {

std::string_view likely_cause(PageFaultErrorCode code, std::uint64_t address,
                              std::span<const GuardPages> guards) {
    constexpr std::uint64_t page_zero_end = 4096; // a null pointer plus a small offset is below
    if (code.reserved_bit()) {
        return "a page table entry has a bit set that must be 0";
    }
    if (!code.page_present()) {
        const auto in_guard = [address](GuardPages guard) { return guard.contain(address); };
        if (std::ranges::any_of(guards, in_guard)) {
            return "a stack's guard page was touched, by an access below the stack";
        }
        return address < page_zero_end ? "a null pointer was used: page 0 is never mapped"
                                       : "nothing is mapped there";
    }
    // The page is mapped, but a rule forbids the access. This kernel has no user mode, no
    // protection keys and no shadow stacks.
    const bool other_rule = code.user() || code.protection_key() || code.shadow_stack();
    if (code.instruction_fetch() && !other_rule) {
        return "the page holds no code: it may not be executed";
    }
    if (code.write() && !other_rule) {
        return "the page is read-only";
    }
    return "the page is mapped, but not for this access";
}

} // namespace kernel
