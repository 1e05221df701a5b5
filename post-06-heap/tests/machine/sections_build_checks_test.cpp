// The build refuses sections that share a page, which could not have permissions of their own.

#include "rings/build_mistake.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bench;

TEST(SectionsBuildCheck, NamesCodeThatEndsInsideAPage) {
    expect_build_to_name({"Code", "boot/linker.ld", "    . = ALIGN(4K);\n    code_end",
                          "    code_end", "two parts share a page"});
}

TEST(SectionsBuildCheck, NamesConstantsThatEndInsideAPage) {
    expect_build_to_name({"Constants", "boot/linker.ld", "    . = ALIGN(4K);\n    rodata_end",
                          "    rodata_end", "two parts share a page"});
}

} // namespace
