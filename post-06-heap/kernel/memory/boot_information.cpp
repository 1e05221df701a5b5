#include "memory/boot_information.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace kernel {
namespace {

using enum BootInformationError;
using Bytes = std::span<const std::byte>;
using MaybeError = std::optional<BootInformationError>;

// [Multiboot2 Specification, "Basic tags structure"]
enum class TagType : std::uint32_t { end = 0, boot_loader_name = 2, module = 3, memory_map = 6 };

struct Tag {
    TagType type;
    std::uint32_t size; // in bytes, with these two words but without the padding to 8 bytes
};

// Copies the first bytes into a T, because C++ has no object of that type in the loader's memory.
// Returns nothing if there are too few bytes.
template <typename T>
std::optional<T> copied_from(Bytes bytes) {
    if (bytes.size() < sizeof(T)) {
        return std::nullopt;
    }
    T value;
    std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
}

// [Multiboot2 Specification, "Boot loader name"]
MaybeError read_boot_loader_name(Bytes content, BootInformation& result) {
    const auto nul = std::ranges::find(content, std::byte{0});
    if (nul == content.end()) {
        return unterminated_string;
    }
    result.boot_loader_name = {reinterpret_cast<const char*>(content.data()),
                               static_cast<std::size_t>(nul - content.begin())};
    return std::nullopt;
}

// A file that the loader has put into memory. [Multiboot2 Specification, "Modules"]
MaybeError read_module(Bytes content, BootInformation& result) {
    struct Module {
        std::uint32_t start;
        std::uint32_t end;
    };
    const auto module = copied_from<Module>(content);
    if (!module || module->end < module->start) {
        return broken_module;
    }
    const auto place = std::ranges::find_if(result.loaded, &PhysicalRange::is_empty);
    if (place == result.loaded.end()) {
        return too_many_modules;
    }
    *place = {module->start, module->end};
    return std::nullopt;
}

// [Multiboot2 Specification, "Memory map"]
MaybeError read_memory_map(Bytes content, BootInformation& result) {
    struct Header {
        std::uint32_t entry_size; // in bytes: later versions may add to the end of entries
        std::uint32_t entry_version;
    };
    struct Entry {
        std::uint64_t start;
        std::uint64_t length;
        std::uint32_t type;
        std::uint32_t reserved;
    };
    constexpr std::uint32_t available = 1;
    const auto header = copied_from<Header>(content);
    if (!header || header->entry_size < sizeof(Entry) ||
        (content.size() - sizeof(Header)) % header->entry_size != 0) {
        return broken_memory_map;
    }
    for (Bytes rest = content.subspan(sizeof(Header)); !rest.empty();
         rest = rest.subspan(header->entry_size)) {
        const Entry entry = *copied_from<Entry>(rest);
        const PhysicalRange range = PhysicalRange::of_size(entry.start, entry.length);
        entry.type == available ? result.memory.add(range) : result.memory.leave_out(range);
    }
    return std::nullopt;
}

MaybeError read_tag(TagType type, Bytes content, BootInformation& result) {
    switch (type) {
    case TagType::boot_loader_name:
        return read_boot_loader_name(content, result);
    case TagType::module:
        return read_module(content, result);
    case TagType::memory_map:
        return read_memory_map(content, result);
    default:
        return std::nullopt;
    }
}

} // namespace

std::expected<BootInformation, BootInformationError> read_boot_information(std::uint64_t address,
                                                                           std::uint64_t reach) {
    struct Header {
        std::uint32_t total_size; // in bytes
        std::uint32_t reserved;
    };
    if (address == 0) {
        return std::unexpected{null_address};
    }
    if (address % 8 != 0) {
        return std::unexpected{misaligned};
    }
    if (address >= reach) {
        return std::unexpected{out_of_reach};
    }
    const Bytes all{reinterpret_cast<const std::byte*>(address), reach - address};
    const auto header = copied_from<Header>(all);
    if (!header || header->total_size > all.size()) {
        return std::unexpected{out_of_reach};
    }
    BootInformation result;
    result.memory.leave_out({largest_memory, ~std::uint64_t{0}});
    result.loaded[0] = {address, address + header->total_size};
    for (std::size_t place = sizeof(Header); place < header->total_size;) {
        const Bytes rest = all.first(header->total_size).subspan(place);
        const auto tag = copied_from<Tag>(rest);
        if (!tag || tag->size < sizeof(Tag) || tag->size > rest.size()) {
            break;
        }
        if (tag->type == TagType::end) {
            return result;
        }
        const Bytes content = rest.first(tag->size).subspan(sizeof(Tag));
        if (const auto error = read_tag(tag->type, content, result)) {
            return std::unexpected{*error};
        }
        place += (std::size_t{tag->size} + 7) / 8 * 8;
    }
    return std::unexpected{broken_tag};
}

FrameSet free_frames(const BootInformation& information, PhysicalRange kernel_image) {
    constexpr PhysicalRange first_mebibyte{0, 1 << 20};
    FrameSet free = information.memory;
    free.leave_out(first_mebibyte);
    free.leave_out(kernel_image);
    for (const PhysicalRange range : information.loaded) {
        free.leave_out(range);
    }
    return free;
}

} // namespace kernel
