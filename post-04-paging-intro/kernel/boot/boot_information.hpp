// What the boot loader tells the kernel about the machine.
//
// It lies wherever the loader put it, and its address is only a number that came in a register.
// So it is looked at with suspicion before anyone believes a word of it.
// [Multiboot2 Specification, "Boot information format"]
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace kernel {

enum class BootInformationError : std::uint8_t {
    null_address,
    misaligned,   // not a multiple of 8
    out_of_reach, // some of it is not in mapped memory
    too_short,    // for its own header and the tag that must end it
    no_end_tag,   // its size is wrong, or it is something else
};

constexpr std::string_view describe(BootInformationError error) {
    switch (error) {
    case BootInformationError::null_address:
        return "its address is zero";
    case BootInformationError::misaligned:
        return "its address is not a multiple of 8";
    case BootInformationError::out_of_reach:
        return "it reaches beyond the mapped memory";
    case BootInformationError::too_short:
        return "it is too short to hold even its end";
    case BootInformationError::no_end_tag:
        return "it does not end where it says";
    }
    return "unknown error";
}

class BootInformation {
public:
    // Checks the frame of the boot information at `address`: that it lies below `reach`, the
    // first address that cannot be read, and ends with an end tag where its size says.
    static std::expected<BootInformation, BootInformationError> at(std::uint64_t address,
                                                                   std::uint64_t reach) {
        using enum BootInformationError;
        if (address == 0) {
            return std::unexpected{null_address};
        }
        if (address % 8 != 0) {
            return std::unexpected{misaligned};
        }
        if (address >= reach || reach - address < sizeof(Header)) {
            return std::unexpected{out_of_reach};
        }
        const auto size = read<Header>(address).total_size;
        if (size < sizeof(Header) + sizeof(Tag)) {
            return std::unexpected{too_short};
        }
        if (size > reach - address) {
            return std::unexpected{out_of_reach};
        }
        const auto last = read<Tag>(address + size - sizeof(Tag));
        if (last.type != Tag::end || last.size != sizeof(Tag)) {
            return std::unexpected{no_end_tag};
        }
        return BootInformation{address, size};
    }

    std::uint64_t address() const { return address_; }
    std::uint32_t size() const { return size_; } // in bytes, header and end tag included

private:
    struct Header {
        std::uint32_t total_size; // in bytes, of everything
        std::uint32_t reserved;
    };
    struct Tag {
        static constexpr std::uint32_t end = 0;
        std::uint32_t type;
        std::uint32_t size; // in bytes, with these two words
    };
    static_assert(sizeof(Header) == 8 && sizeof(Tag) == 8);

    // Copies a T out of memory: the loader's bytes are not objects of ours.
    template <typename T>
    static T read(std::uint64_t address) {
        T value;
        __builtin_memcpy(&value, reinterpret_cast<const void*>(address), sizeof(T));
        return value;
    }

    BootInformation(std::uint64_t address, std::uint32_t size) : address_{address}, size_{size} {}

    std::uint64_t address_;
    std::uint32_t size_;
};

} // namespace kernel
