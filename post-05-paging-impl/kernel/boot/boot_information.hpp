// What the boot loader tells the kernel about the machine.
//
// It lies wherever the loader put it, and its address is only a number that came in a register.
// So all of it is looked at with suspicion before anyone believes a word of it; what has passed
// can then be read without an error to handle. [Multiboot2 Specification, "Boot information
// format"]
//
// Where the kernel itself lies is not read from here: the linker script's symbols say it. The tag
// with the ELF sections says it too, but GRUB's has fields of 32 bits where the specification
// prints 16.
#pragma once

#include "boot/boot_tags.hpp"
#include "boot/memory_map.hpp"
#include "boot/module.hpp"

#include <optional>

namespace kernel {

// A view: the bytes stay where they are, and must stay as they are.
class BootInformation {
public:
    // Checks the boot information at `address`. Nothing is read at or beyond `reach`, the first
    // address that cannot be read.
    static std::expected<BootInformation, BootInformationError> at(std::uint64_t address,
                                                                   std::uint64_t reach) {
        using enum BootInformationError;
        if (address == 0) {
            return std::unexpected{null_address};
        }
        if (address % 8 != 0) {
            return std::unexpected{misaligned};
        }
        if (address >= reach) {
            return std::unexpected{out_of_reach};
        }
        return parse({reinterpret_cast<const std::byte*>(address), reach - address});
    }

    // Checks the boot information that these bytes begin with. Nothing behind them is read.
    static std::expected<BootInformation, BootInformationError>
    parse(std::span<const std::byte> bytes);

    // Both are empty if the loader has not said it.
    std::string_view command_line() const { return string(BootTagType::command_line); }
    std::string_view boot_loader_name() const { return string(BootTagType::boot_loader_name); }

    // No regions if the loader has not sent a map.
    MemoryMap memory_map() const {
        const auto tag = first(BootTagType::memory_map);
        return tag ? *MemoryMap::in(*tag) : MemoryMap{};
    }

    Modules modules() const { return Modules{tags_}; }

    // The memory that all this lies in. It is not missing from the memory map: whoever gives
    // memory away has to leave this out. Header and end tag are included.
    std::span<const std::byte> span() const { return bytes_; }
    // Physical as well, as long as it is read at its own address.
    std::uint64_t address() const { return reinterpret_cast<std::uint64_t>(bytes_.data()); }
    std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }

private:
    struct Header {
        std::uint32_t total_size; // in bytes, of everything
        std::uint32_t reserved;
    };
    static_assert(sizeof(Header) == 8);

    BootInformation(std::span<const std::byte> bytes, BootTags tags) : bytes_{bytes}, tags_{tags} {}

    // What is wrong with the content of a tag; nothing can be with one that nobody reads.
    static std::optional<BootInformationError> mistake_in(const BootTag& tag);

    // Only modules may come more than once. Of other tags the first one counts.
    std::optional<BootTag> first(BootTagType type) const {
        for (const BootTag tag : tags_) {
            if (tag.type() == type) {
                return tag;
            }
        }
        return std::nullopt;
    }

    std::string_view string(BootTagType type) const {
        const auto tag = first(type);
        return tag ? *string_in(tag->content()) : std::string_view{};
    }

    std::span<const std::byte> bytes_;
    BootTags tags_;
};

inline std::expected<BootInformation, BootInformationError>
BootInformation::parse(std::span<const std::byte> bytes) {
    using enum BootInformationError;
    if (bytes.size() < sizeof(Header)) {
        return std::unexpected{out_of_reach};
    }
    const std::size_t size = copied_from<Header>(bytes).total_size;
    if (size < sizeof(Header) + sizeof(BootTagHeader)) {
        return std::unexpected{too_short};
    }
    if (size > bytes.size()) {
        return std::unexpected{out_of_reach};
    }
    bytes = bytes.first(size);
    // Tags begin at multiples of 8, the end tag too. The size includes it, so it is the last.
    const auto last = copied_from<BootTagHeader>(bytes.last(sizeof(BootTagHeader)));
    if (size % 8 != 0 || last.type != BootTagType::end || last.size != sizeof(last)) {
        return std::unexpected{no_end_tag};
    }
    const auto tags = BootTags::in(bytes.first(size - sizeof(last)).subspan(sizeof(Header)));
    if (!tags) {
        return std::unexpected{tags.error()};
    }
    for (const BootTag tag : *tags) {
        if (const auto mistake = mistake_in(tag)) {
            return std::unexpected{*mistake};
        }
    }
    return BootInformation{bytes, *tags};
}

inline std::optional<BootInformationError> BootInformation::mistake_in(const BootTag& tag) {
    const auto error_of = [](const auto& result) -> std::optional<BootInformationError> {
        return result ? std::nullopt : std::optional{result.error()};
    };
    switch (tag.type()) {
    case BootTagType::command_line:
    case BootTagType::boot_loader_name:
        return error_of(string_in(tag.content()));
    case BootTagType::module:
        return error_of(Module::in(tag));
    case BootTagType::memory_map:
        return error_of(MemoryMap::in(tag));
    default:
        return std::nullopt;
    }
}

} // namespace kernel
