// The build refuses a stack without its guard pages.

#include "rings/build_mistake.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bench;

TEST(GuardPagesBuildCheck, NamesAGuardOfOnePage) {
    expect_build_to_name({"GuardOfOnePage", "boot/stacks.asm", "2 * PAGE_SIZE", "PAGE_SIZE",
                          "guard is not the two pages below it"});
}

} // namespace
