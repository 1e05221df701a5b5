// Judges the exercise address-parts.

#include "memory/virtual_address.hpp"

#include "string_sink.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

std::string parts_of(std::uint64_t address) {
    return printed("{}", kernel::VirtualAddress::sign_extended(address));
}

TEST(AddressParts, AreThoseOfTheWorkedExample) {
    EXPECT_EQ(parts_of(0x80'3FE7'F5CE), "1:0:511:127+0x5ce");
}

TEST(AddressParts, AreAllZeroForANullPointer) {
    EXPECT_EQ(parts_of(0), "0:0:0:0+0x0");
}

TEST(AddressParts, EndWithTheLastByteOfAll) {
    EXPECT_EQ(parts_of(0xFFFF'FFFF'FFFF'FFFF), "511:511:511:511+0xfff");
    EXPECT_EQ(parts_of(0xFFFF'8000'0000'0000), "256:0:0:0+0x0");
}

} // namespace
