// A change of the page tables that the CPU has not been told of.
//
// Whoever changes a mapping gets one of these, and is to end it in one of two ways:
// std::move(pending).flush(tlb) or std::move(pending).ignore(). The compiler notices if it is
// dropped at once, nobody if it is kept and forgotten.
#pragma once

#include "memory/page_size.hpp"
#include "memory/tlb.hpp"
#include "memory/virtual_address.hpp"

#include <cstdint>

namespace kernel {

class [[nodiscard]] PendingFlush {
public:
    // With more pages than this to forget one by one, it is cheaper to forget all and walk again
    // for those in use.
    static constexpr std::uint64_t most_single_pages = 32;

    // `count` pages in a row, the first of which `start` lies in.
    constexpr PendingFlush(VirtualAddress start, PageSize size, std::uint64_t count)
        : start_{start}, count_{count}, size_{size} {}

    // One change, one flush: it can be moved, but not copied.
    constexpr PendingFlush(PendingFlush&&) = default;
    constexpr PendingFlush& operator=(PendingFlush&&) = default;

    template <Tlb T>
    constexpr void flush(T& tlb) && {
        if (count_ > most_single_pages) {
            tlb.invalidate_all();
            return;
        }
        for (std::uint64_t page = 0; page < count_; ++page) {
            tlb.invalidate_page(
                VirtualAddress::sign_extended(start_.value() + page * bytes(size_)));
        }
    }

    // For what the CPU cannot have remembered: pages that were not mapped before, or those of an
    // address space that is not in use.
    constexpr void ignore() && {}

private:
    VirtualAddress start_;
    std::uint64_t count_;
    PageSize size_;
};

} // namespace kernel
