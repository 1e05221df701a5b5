// Bit ranges of a 64-bit word, written as the manuals write them: Bits<51, 12>.
//
// C++ bit-fields would look shorter, but their layout is the compiler's choice; the hardware's
// is not.
#pragma once

#include <cstdint>

namespace kernel {

// The bits High down to Low, both included.
template <unsigned High, unsigned Low>
struct Bits {
    static_assert(Low <= High && High < 64);

    static constexpr std::uint64_t mask = (~std::uint64_t{0} >> (63 - (High - Low))) << Low;

    // The field's value, shifted down.
    static constexpr std::uint64_t get(std::uint64_t word) { return (word & mask) >> Low; }

    // The value, shifted up into the field's place; bits that do not fit are cut off.
    static constexpr std::uint64_t place(std::uint64_t value) { return (value << Low) & mask; }
};

static_assert(Bits<63, 0>::mask == ~std::uint64_t{0});
static_assert(Bits<15, 0>::mask == 0xFFFF);
static_assert(Bits<47, 47>::place(1) == std::uint64_t{1} << 47);
static_assert(Bits<51, 12>::get(Bits<51, 12>::place(0x12345)) == 0x12345);

} // namespace kernel
