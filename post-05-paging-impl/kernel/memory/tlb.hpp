// The translation lookaside buffer (TLB): the CPU remembers the results of page walks, and does not
// notice when the page tables change. It also remembers entries that point to tables. INVLPG
// forgets all of these, whatever its address, so flushing a page covers the tables that were freed
// with it. An entry that is not present is never remembered.
// [Intel SDM vol. 3A, "Caching Translation Information"]
#pragma once

#include "cpu/instructions.hpp"
#include "memory/virtual_address.hpp"

#include <concepts>
#include <cstdint>

namespace kernel {

template <typename T>
concept Tlb = requires(T& tlb, VirtualAddress address) {
    // Forgets the translation of the page, of any size, that the address lies in.
    { tlb.invalidate_page(address) } -> std::same_as<void>;
    // Forgets the translations of all pages except global ones. (The CPU ignores the global bit as
    // long as CR4.PGE is clear, and this kernel leaves it clear.)
    { tlb.invalidate_all() } -> std::same_as<void>;
};

struct CpuTlb {
    static void invalidate_page(VirtualAddress address) { invlpg(address.value()); }
    static void invalidate_all() { write_cr3(read_cr3()); }
};

static_assert(Tlb<CpuTlb>);

// Pages that are no longer mapped but may still be in the TLB. The receiver must call
// std::move(pending).flush(tlb), or std::move(pending).ignore() where a later flush covers the
// pages. The compiler warns only if a caller drops all that a function returns, at once.
// [[nodiscard]] on this class does not reach into a std::expected: the function needs it, too.
class [[nodiscard]] PendingFlush {
public:
    // Beyond this number of pages it is cheaper to forget everything and to walk again for the
    // pages in use.
    static constexpr std::uint64_t most_single_pages = 32;

    // `count` pages of this size, one after the other, from `start` on.
    constexpr PendingFlush(VirtualAddress start, PageSize size, std::uint64_t count)
        : start_{start}, size_{size}, count_{count} {}

    PendingFlush(PendingFlush&&) = default; // can be moved, but not copied
    PendingFlush& operator=(PendingFlush&&) = default;

    template <Tlb T>
    constexpr void flush(T& tlb) && {
        if (count_ > most_single_pages) {
            tlb.invalidate_all();
            return;
        }
        for (std::uint64_t page = 0; page < count_; ++page) {
            tlb.invalidate_page(
                VirtualAddress::sign_extended(start_.value() + page * size_in_bytes(size_)));
        }
    }

    constexpr void ignore() && {}

private:
    VirtualAddress start_;
    PageSize size_;
    std::uint64_t count_;
};

} // namespace kernel
