#include "boot/boot_information.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

using kernel::BootInformation;
using enum kernel::BootInformationError;

constexpr std::uint64_t no_limit = ~std::uint64_t{0};

// The smallest that is right: a header and the end tag.
struct alignas(8) Blob {
    std::array<std::uint32_t, 8> words{16, 0, 0, 8};

    std::uint64_t address() const { return reinterpret_cast<std::uint64_t>(words.data()); }
    auto read(std::uint64_t reach = no_limit) const {
        return BootInformation::at(address(), reach);
    }
};

TEST(BootInformation, AcceptsAHeaderAndAnEndTag) {
    const Blob blob;
    ASSERT_TRUE(blob.read().has_value());
    EXPECT_EQ(blob.read()->size(), 16u);
    EXPECT_EQ(blob.read()->address(), blob.address());
}

TEST(BootInformation, FindsTheEndTagBehindOtherTags) {
    const Blob blob{{32, 0, 1, 9, 'c', 0, 0, 8}};
    EXPECT_TRUE(blob.read().has_value());
}

TEST(BootInformation, RefusesAddressZero) {
    EXPECT_EQ(BootInformation::at(0, no_limit).error(), null_address);
}

TEST(BootInformation, RefusesEveryMisalignedAddress) {
    const Blob blob;
    for (std::uint64_t offset = 1; offset < 8; ++offset) {
        EXPECT_EQ(BootInformation::at(blob.address() + offset, no_limit).error(), misaligned);
    }
}

TEST(BootInformation, ReadsNothingAtOrBeyondItsReach) {
    const Blob blob;
    EXPECT_EQ(blob.read(blob.address()).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() + 7).error(), out_of_reach);
    EXPECT_EQ(blob.read(blob.address() + 15).error(), out_of_reach);
    EXPECT_TRUE(blob.read(blob.address() + 16).has_value());
    EXPECT_EQ(BootInformation::at(0xFFFF'FFFF'FFFF'FFF8, 1 << 30).error(), out_of_reach);
}

TEST(BootInformation, RefusesASizeThatCannotHoldItsEnd) {
    for (std::uint32_t size = 0; size < 16; ++size) {
        const Blob blob{{size, 0, 0, 8}};
        EXPECT_EQ(blob.read().error(), too_short) << size;
    }
}

TEST(BootInformation, RefusesASizeBeyondItsReach) {
    const Blob blob{{0xFFFF'FFFF, 0, 0, 8}};
    EXPECT_EQ(blob.read(blob.address() + 4096).error(), out_of_reach);
}

TEST(BootInformation, RefusesWhatDoesNotEndWithAnEndTag) {
    EXPECT_EQ((Blob{{16, 0, 1, 8}}.read().error()), no_end_tag);
    EXPECT_EQ((Blob{{16, 0, 0, 16}}.read().error()), no_end_tag);
    EXPECT_EQ((Blob{{24, 0, 0, 8, 7, 7}}.read().error()), no_end_tag);
}

} // namespace
