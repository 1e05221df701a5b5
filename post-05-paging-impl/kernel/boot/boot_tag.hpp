// The boot information is a row of tags. Each says what it is and how long it is, so that a kernel
// can step over those that it does not know.
//
//     | type | size | content ...      | padding |  the next tag
//     0      4      8                size    multiple of 8
//
// [Multiboot2 Specification, "Basic tags structure"]
#pragma once

#include "boot/boot_information_error.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <type_traits>

namespace kernel {

// Those that this kernel reads, and the one that ends the row. Others may come, of any number.
enum class BootTagType : std::uint32_t {
    end = 0,
    command_line = 1,
    boot_loader_name = 2,
    module = 3,
    memory_map = 6,
};

struct BootTagHeader {
    BootTagType type;
    std::uint32_t size; // in bytes, with these two words, without the padding
};
static_assert(sizeof(BootTagHeader) == 8);

// Copies a T out of the first bytes, which must be enough for it: the loader's bytes are not
// objects of ours, and may lie at any address.
template <typename T>
T copied_from(std::span<const std::byte> bytes) {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    __builtin_memcpy(&value, bytes.data(), sizeof(T));
    return value;
}

// The characters in front of the first NUL. A NUL in the padding would not count: it is not the
// string's own.
inline std::expected<std::string_view, BootInformationError>
string_in(std::span<const std::byte> bytes) {
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        if (bytes[length] == std::byte{0}) {
            return std::string_view{reinterpret_cast<const char*>(bytes.data()), length};
        }
    }
    return std::unexpected{BootInformationError::unterminated_string};
}

class BootTag {
public:
    // The first one in these bytes, which are a multiple of 8 and at least 8.
    static std::expected<BootTag, BootInformationError> first_in(std::span<const std::byte> bytes) {
        const auto header = copied_from<BootTagHeader>(bytes);
        if (header.size < sizeof(header)) {
            return std::unexpected{BootInformationError::tag_too_short};
        }
        if (header.size > bytes.size()) {
            return std::unexpected{BootInformationError::tag_too_long};
        }
        return BootTag{header.type, bytes.first(header.size).subspan(sizeof(header))};
    }

    BootTagType type() const { return type_; }

    // What comes behind type and size, without the padding.
    std::span<const std::byte> content() const { return content_; }

    // How many bytes further the next tag begins.
    std::size_t distance_to_next() const {
        return (sizeof(BootTagHeader) + content_.size() + 7) / 8 * 8;
    }

private:
    BootTag(BootTagType type, std::span<const std::byte> content)
        : type_{type}, content_{content} {}

    BootTagType type_;
    std::span<const std::byte> content_;
};

} // namespace kernel
