#include "memory/permissions.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace kernel;

// Every combination of the three.
std::vector<Permissions> all_permissions() {
    std::vector<Permissions> all;
    for (unsigned bits = 0; bits < 8; ++bits) {
        all.push_back(
            {.writable = (bits & 1) != 0, .executable = (bits & 2) != 0, .user = (bits & 4) != 0});
    }
    return all;
}

TEST(Permissions, AreReadFromTheFlagsOfAnEntry) {
    for (unsigned bits = 0; bits < 8; ++bits) {
        EntryFlags flags = EntryFlag::present;
        flags = (bits & 1) != 0 ? flags | EntryFlag::writable : flags;
        flags = (bits & 2) != 0 ? flags | EntryFlag::no_execute : flags;
        flags = (bits & 4) != 0 ? flags | EntryFlag::user : flags;
        const Permissions permissions = Permissions::of(flags);
        EXPECT_EQ(permissions.writable, (bits & 1) != 0);
        EXPECT_EQ(permissions.executable, (bits & 2) == 0);
        EXPECT_EQ(permissions.user, (bits & 4) != 0);
    }
}

TEST(Permissions, DoNotDependOnAnyOtherFlag) {
    using enum EntryFlag;
    const EntryFlags others =
        present | write_through | cache_disable | accessed | dirty | large_page | global;
    EXPECT_EQ(Permissions::of(others), Permissions::of(EntryFlags{}));
    EXPECT_EQ(Permissions::of(others | writable | user), Permissions::of(writable | user));
}

TEST(Permissions, ForbidNothingByDefault) {
    EXPECT_EQ(Permissions{}, Permissions::of(EntryFlag::writable | EntryFlag::user));
}

TEST(Permissions, DifferInEachOfTheThree) {
    const std::vector<Permissions> all = all_permissions();
    for (std::size_t a = 0; a < all.size(); ++a) {
        for (std::size_t b = 0; b < all.size(); ++b) {
            EXPECT_EQ(all[a] == all[b], a == b);
        }
    }
}

TEST(Permissions, ArePrintedWithADashForWhatIsForbidden) {
    const char* const texts[] = {"R--", "RW-", "R-X", "RWX", "R-- U", "RW- U", "R-X U", "RWX U"};
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(printed("{}", all_permissions()[i]), texts[i]);
    }
}

} // namespace
