// What the CPU says about a page fault, and which mistake it is likely to be.
// [Intel SDM vol. 3A, "Interrupt 14—Page-Fault Exception (#PF)"]
#pragma once

#include "interrupts/stacks.hpp"
#include "text/write_value.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace kernel {

// The manuals know more bits (7 HLAT, 15 SGX, AMD's 31 RMP), of features that are off in this
// kernel.
class PageFaultErrorCode {
public:
    constexpr explicit PageFaultErrorCode(std::uint64_t bits) : bits_{bits} {}

    constexpr bool page_present() const { return has(0); }      // if not, nothing is mapped
    constexpr bool write() const { return has(1); }             // if not, a read or a fetch
    constexpr bool user() const { return has(2); }              // an access by code in user mode
    constexpr bool reserved_bit() const { return has(3); }      // set in an entry, but must be 0
    constexpr bool instruction_fetch() const { return has(4); } // known only with EFER.NXE
    constexpr bool protection_key() const { return has(5); }    // the page's key forbids the access
    constexpr bool shadow_stack() const { return has(6); }      // an access to a shadow stack

    constexpr std::uint64_t bits() const { return bits_; }

private:
    constexpr bool has(unsigned bit) const { return (bits_ >> bit & 1) != 0; }

    std::uint64_t bits_;
};

// In words: "write, kernel mode, page present".
template <TextSink Sink>
constexpr void write_value(Sink& sink, PageFaultErrorCode code, Field) {
    sink.write(code.instruction_fetch() ? "instruction fetch" : code.write() ? "write" : "read");
    sink.write(code.user() ? ", user mode" : ", kernel mode");
    sink.write(code.page_present() ? ", page present" : ", page not present");
    sink.write(code.reserved_bit() ? ", reserved bit" : "");
    sink.write(code.protection_key() ? ", protection key" : "");
    sink.write(code.shadow_stack() ? ", shadow stack" : "");
}

// The likely cause, in words. `address` is what CR2 holds, `guards` are the guard pages of all
// stacks.
std::string_view likely_cause(PageFaultErrorCode code, std::uint64_t address,
                              std::span<const GuardPages> guards);

} // namespace kernel
