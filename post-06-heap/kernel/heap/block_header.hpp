// What CheckedAllocator writes in front of each block.
#pragma once

#include "cpu/bits.hpp"
#include "heap/layout.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace kernel {

// Whether `new` or `new[]` has asked.
enum class Form : std::uint8_t { object, array };

// An array is often deleted without its size, so its block begins with it: in so many bytes, that
// the array behind them is aligned.
constexpr std::size_t array_cookie(std::size_t alignment) {
    constexpr std::size_t smallest = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
    return alignment > smallest ? alignment : smallest;
}

class BlockHeader {
public:
    enum class State : std::uint8_t { live, freed, none };

    // For a block that begins at `address`.
    constexpr BlockHeader(std::uintptr_t address, Layout layout, Form form)
        : description_{Size::place(layout.size) |
                       Alignment::place(
                           static_cast<std::uint64_t>(std::countr_zero(layout.alignment))) |
                       IsArray::place(form == Form::array ? 1 : 0)},
          mark_{live_mark ^ address ^ description_} {}

    // Whether a block begins at `address`, behind this header. The mark depends on all of it: a
    // header that was copied to another place, or overwritten in part, is none.
    constexpr State state(std::uintptr_t address) const {
        return mark_ == (live_mark ^ address ^ description_)    ? State::live
               : mark_ == (freed_mark ^ address ^ description_) ? State::freed
                                                                : State::none;
    }

    constexpr void set_freed(std::uintptr_t address) {
        mark_ = freed_mark ^ address ^ description_;
    }

    constexpr Layout layout() const {
        return {Size::get(description_), std::size_t{1} << Alignment::get(description_)};
    }
    constexpr Form form() const {
        return IsArray::get(description_) != 0 ? Form::array : Form::object;
    }

private:
    using Size = Bits<47, 0>;
    using Alignment = Bits<53, 48>; // its logarithm
    using IsArray = Bits<54, 54>;

    // Not likely to be written by chance, in no other way than these, and no addresses.
    static constexpr std::uint64_t live_mark = 0xB10C'A11F'E5A1'17E5;
    static constexpr std::uint64_t freed_mark = 0x6E75'4F1D'DEAD'C0A1;

    std::uint64_t description_;
    std::uint64_t mark_;
};

static_assert(sizeof(BlockHeader) == 16);

} // namespace kernel
