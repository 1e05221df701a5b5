// A change of the page tables that the CPU has not been told of.
//
// Whoever changes a mapping gets one of these, and is to end it in one of two ways:
// std::move(pending).flush(tlb) or std::move(pending).ignore(). The compiler notices if it is
// dropped at once, nobody if it is kept and forgotten.
#pragma once

#include "cpu/bits.hpp"
#include "memory/page_size.hpp"
#include "memory/tlb.hpp"
#include "memory/virtual_address.hpp"

#include <algorithm>
#include <cstdint>

namespace kernel {

class [[nodiscard]] PendingFlush {
public:
    // With more pages than this to forget one by one, it is cheaper to forget all and walk again
    // for those in use.
    static constexpr std::uint64_t most_single_pages = 32;

    // `count` pages in a row, the first of which `start` lies in.
    constexpr PendingFlush(VirtualAddress start, PageSize size, std::uint64_t count)
        : word_{(start.value() & Start::mask) |
                Count::place(std::min(count, most_single_pages + 1)) |
                Size::place(static_cast<std::uint64_t>(size))} {}

    // One change, one flush: it can be moved, but not copied.
    constexpr PendingFlush(PendingFlush&&) = default;
    constexpr PendingFlush& operator=(PendingFlush&&) = default;

    template <Tlb T>
    constexpr void flush(T& tlb) && {
        const std::uint64_t count = Count::get(word_);
        if (count > most_single_pages) {
            tlb.invalidate_all();
            return;
        }
        const std::uint64_t size = bytes(static_cast<PageSize>(Size::get(word_)));
        for (std::uint64_t page = 0; page < count; ++page) {
            tlb.invalidate_page(VirtualAddress::sign_extended((word_ & Start::mask) + page * size));
        }
    }

    // For what the CPU cannot have remembered: pages that were not mapped before, or those of an
    // address space that is not in use.
    constexpr void ignore() && {}

private:
    // All in one word, so that a mapper's result fits into two registers. Where a page starts has
    // twelve bits to spare.
    using Start = Bits<63, 12>;
    using Count = Bits<11, 2>; // one more than most_single_pages stands for any number above that
    using Size = Bits<1, 0>;

    std::uint64_t word_;
};

} // namespace kernel
