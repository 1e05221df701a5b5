#include "mapped_memory.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace {

using namespace kernel;
using Addresses = std::vector<std::uint64_t>;

TEST(PendingFlush, FlushesASinglePage) {
    const RecordingTlb tlb = flushed({at(0x7000), PageSize::kib4, 1});
    EXPECT_EQ(tlb.pages, Addresses{0x7000});
    EXPECT_EQ(tlb.all, 0);
}

TEST(PendingFlush, FlushesEachOfAFewPages) {
    EXPECT_EQ(flushed({at(0x7000), PageSize::kib4, 3}).pages, (Addresses{0x7000, 0x8000, 0x9000}));
    EXPECT_EQ(flushed({at(0x60'0000), PageSize::mib2, 2}).pages, (Addresses{0x60'0000, 0x80'0000}));
    EXPECT_EQ(flushed({at(0xFFFF'FFFF'8000'0000), PageSize::gib1, 2}).pages,
              (Addresses{0xFFFF'FFFF'8000'0000, 0xFFFF'FFFF'C000'0000}));
}

TEST(PendingFlush, FlushesEverythingIfThereAreManyPages) {
    const RecordingTlb few = flushed({at(0), PageSize::kib4, PendingFlush::most_single_pages});
    EXPECT_EQ(few.pages.size(), PendingFlush::most_single_pages);
    EXPECT_EQ(few.all, 0);
    const RecordingTlb many = flushed({at(0), PageSize::kib4, PendingFlush::most_single_pages + 1});
    EXPECT_TRUE(many.pages.empty());
    EXPECT_EQ(many.all, 1);
}

TEST(PendingFlush, OfNoPagesFlushesNothing) {
    const RecordingTlb tlb = flushed({at(0x7000), PageSize::kib4, 0});
    EXPECT_TRUE(tlb.pages.empty());
    EXPECT_EQ(tlb.all, 0);
}

template <typename T>
concept FlushesWithoutMove = requires(T& pending, RecordingTlb& tlb) { pending.flush(tlb); };
template <typename T>
concept IgnoresWithoutMove = requires(T& pending) { pending.ignore(); };
static_assert(!FlushesWithoutMove<PendingFlush> && !IgnoresWithoutMove<PendingFlush>);
static_assert(!std::is_copy_constructible_v<PendingFlush>);

} // namespace
