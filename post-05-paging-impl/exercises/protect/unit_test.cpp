// Judges the exercise protect.

#include "mapped_memory.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kernel;
using enum PageSize;
using enum EntryFlag;
using Addresses = std::vector<std::uint64_t>;

template <PageSize Size>
bool protect(AddressSpace& space, Page<Size> page, EntryFlags flags) {
    auto pending = space.mapper.protect(page, flags);
    if (pending) {
        std::move(*pending).ignore();
    }
    return pending.has_value();
}

TEST(Protect, ChangesTheFlagsAndNotTheFrame) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0x7000), writable | user));
    ASSERT_TRUE(protect(space, page(0x1000), no_execute));
    const Contents expected{{0x1000, {0x7000, kib4, present | no_execute}}};
    EXPECT_EQ(space.survey().pages, expected);
    ASSERT_TRUE(protect(space, page(0x1000), writable));
    EXPECT_TRUE(space.mapper.translate(at(0x1234))->permissions().writable);
}

TEST(Protect, WorksForLargePages) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0x60'0000), writable));
    ASSERT_TRUE(space.map(page<gib1>(0x4000'0000), frame<gib1>(0), writable));
    ASSERT_TRUE(protect(space, page<mib2>(0x20'0000), user));
    ASSERT_TRUE(protect(space, page<gib1>(0x4000'0000), {}));
    const Contents expected{{0x20'0000, {0x60'0000, mib2, present | large_page | user}},
                            {0x4000'0000, {0, gib1, present | large_page}}};
    EXPECT_EQ(space.survey().pages, expected);
}

TEST(Protect, TakesAndFreesNoFrames) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0x7000), writable));
    const auto in_use = space.frames.in_use;
    ASSERT_TRUE(protect(space, page(0x1000), {}));
    EXPECT_EQ(space.frames.in_use, in_use);
}

TEST(Protect, SaysWhatToFlush) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x3000), frame(0x7000), writable));
    auto pending = space.mapper.protect(page(0x3000), {});
    ASSERT_TRUE(pending);
    EXPECT_EQ(flushed(std::move(*pending)).pages, Addresses{0x3000});
}

TEST(Protect, RefusesWhatIsNotMappedInThisSize) {
    AddressSpace space;
    ASSERT_TRUE(space.map(page(0x1000), frame(0x7000), writable));
    ASSERT_TRUE(space.map(page<mib2>(0x20'0000), frame<mib2>(0x60'0000)));
    const auto before = space.memory.snapshot();
    EXPECT_EQ(space.mapper.protect(page(0x2000), writable).error(), UnmapError::not_mapped);
    EXPECT_EQ(space.mapper.protect(page<gib1>(0x8000'0000), writable).error(),
              UnmapError::not_mapped);
    EXPECT_EQ(space.mapper.protect(page(0x20'0000), writable).error(),
              UnmapError::other_page_size);
    EXPECT_EQ(space.mapper.protect(page<mib2>(0), writable).error(), UnmapError::other_page_size);
    EXPECT_EQ(space.memory.snapshot(), before);
}

} // namespace
