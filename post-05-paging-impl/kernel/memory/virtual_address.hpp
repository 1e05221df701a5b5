// An address as programs use it, before translation.
//
//     63      48 47    39 38    30 29    21 20    12 11     0
//      sign      level 4  level 3  level 2  level 1  offset
//      extension     index of the entry in the table of that level
//
// Bits 63 to 48 repeat bit 47: such an address is called canonical. Using any other one is a
// general protection fault, or a stack fault if the access goes through RSP, RBP or a push.
// [Intel SDM vol. 1, "Canonical Addressing"]
#pragma once

#include "memory/level.hpp"

#include <compare>
#include <cstdint>
#include <optional>

namespace kernel {

// Always canonical.
class VirtualAddress {
public:
    constexpr VirtualAddress() = default; // 0

    // Returns nothing unless bits 63 to 47 are all equal.
    static constexpr std::optional<VirtualAddress> checked(std::uint64_t value) {
        const VirtualAddress address = sign_extended(value);
        return address.value_ == value ? std::optional{address} : std::nullopt;
    }

    // The lower 48 bits of `value`; the upper ones repeat bit 47.
    static constexpr VirtualAddress sign_extended(std::uint64_t value) {
        return VirtualAddress{
            static_cast<std::uint64_t>(static_cast<std::int64_t>(value << 16) >> 16)};
    }

    constexpr std::uint64_t value() const { return value_; }

    // Precondition: a T is mapped there.
    template <typename T>
    T* as() const {
        return reinterpret_cast<T*>(value_);
    }

    // Which of the 512 entries of a table at this level translates the address.
    constexpr std::uint16_t index(Level level) const {
        return static_cast<std::uint16_t>(value_ >> index_shift(level) & 0x1FF);
    }

    // The distance in bytes from the start of the memory that one entry at this level covers.
    constexpr std::uint64_t offset(Level level) const {
        return value_ & (size_in_bytes(level) - 1);
    }

    friend constexpr auto operator<=>(VirtualAddress, VirtualAddress) = default;

private:
    constexpr explicit VirtualAddress(std::uint64_t value) : value_{value} {}

    std::uint64_t value_ = 0;
};

} // namespace kernel
