// Boot information, right or wrong, that tests put together tag by tag.
#pragma once

#include "memory/boot_information.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

// [Multiboot2 Specification, "Basic tags structure"]
enum class BootTagType : std::uint32_t {
    end = 0,
    command_line = 1,
    boot_loader_name = 2,
    module = 3,
    memory_map = 6,
};

// In memory that is exactly as large, so that AddressSanitizer finds every read beyond the end.
using Bytes = std::vector<std::byte>;

inline void append(Bytes& bytes, std::span<const std::byte> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

template <typename T>
void append_value(Bytes& bytes, T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    append(bytes, std::as_bytes(std::span{&value, 1}));
}

inline Bytes text(std::string_view characters) {
    Bytes bytes;
    append(bytes, std::as_bytes(std::span{characters}));
    return bytes;
}

inline Bytes terminated(std::string_view characters) {
    Bytes bytes = text(characters);
    append_value(bytes, std::byte{0});
    return bytes;
}

// An entry of the memory map, with a type that need not exist.
struct MapEntry {
    std::uint64_t start;
    std::uint64_t length;
    std::uint32_t type;
};

inline Bytes memory_map_content(const std::vector<MapEntry>& entries,
                                std::uint32_t entry_size = 24) {
    Bytes content;
    append_value(content, entry_size);
    append_value(content, std::uint32_t{0}); // version
    for (const MapEntry& entry : entries) {
        const std::size_t end = content.size() + entry_size;
        append_value(content, entry.start);
        append_value(content, entry.length);
        append_value(content, entry.type);
        content.resize(end, std::byte{0xEE}); // reserved, and what later versions may add
    }
    return content;
}

inline Bytes module_content(std::uint32_t start, std::uint32_t end, const Bytes& command_line) {
    Bytes content;
    append_value(content, start);
    append_value(content, end);
    append(content, command_line);
    return content;
}

class BootBlob {
public:
    // Adds a tag with the right size.
    BootBlob& tag(BootTagType type, const Bytes& content) {
        return tag(type, static_cast<std::uint32_t>(8 + content.size()), content);
    }

    // Adds a tag with the given size, right or wrong.
    BootBlob& tag(BootTagType type, std::uint32_t size, const Bytes& content) {
        append_value(tags_, Header{type, size});
        append(tags_, content);
        tags_.resize((tags_.size() + 7) / 8 * 8, padding_);
        return *this;
    }

    // Fills the gaps between the tags from now on.
    BootBlob& padded_with(std::byte padding) {
        padding_ = padding;
        return *this;
    }

    // Returns all of it, with header and end tag.
    Bytes bytes() const {
        Bytes all;
        all.reserve(16 + tags_.size());
        append_value(all, static_cast<std::uint32_t>(16 + tags_.size()));
        append_value(all, std::uint32_t{0}); // reserved
        append(all, tags_);
        append_value(all, Header{BootTagType::end, 8});
        return all;
    }

private:
    struct Header {
        BootTagType type;
        std::uint32_t size;
    };

    Bytes tags_;
    std::byte padding_{0};
};

// Reads these bytes and nothing after them. They must begin at a multiple of 8.
inline std::expected<kernel::BootInformation, kernel::BootInformationError>
read(std::span<const std::byte> bytes) {
    const auto address = reinterpret_cast<std::uint64_t>(bytes.data());
    return kernel::read_boot_information(address, address + bytes.size());
}
