// A file that the boot loader has put into memory beside the kernel, as grub.cfg told it to.
// [Multiboot2 Specification, "Modules"]
#pragma once

#include "boot/boot_tags.hpp"

namespace kernel {

struct Module {
    std::uint64_t start; // physical addresses, below 4 GiB
    std::uint64_t end;   // the first one behind it; never below `start`
    std::string_view command_line;

    // The one in a tag of its type.
    static std::expected<Module, BootInformationError> in(const BootTag& tag);
};

inline std::expected<Module, BootInformationError> Module::in(const BootTag& tag) {
    struct Header {
        std::uint32_t start;
        std::uint32_t end;
    };
    if (tag.content().size() < sizeof(Header)) {
        return std::unexpected{BootInformationError::tag_too_short};
    }
    const auto header = copied_from<Header>(tag.content());
    if (header.end < header.start) {
        return std::unexpected{BootInformationError::module_reversed};
    }
    const auto command_line = string_in(tag.content().subspan(sizeof(Header)));
    if (!command_line) {
        return std::unexpected{command_line.error()};
    }
    return Module{header.start, header.end, *command_line};
}

// The modules among tags whose content has been checked, in their order.
class Modules {
public:
    class Iterator {
    public:
        using value_type = Module;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;

        Module operator*() const { return *Module::in(*tag_); }
        Iterator& operator++() {
            ++tag_;
            skip_others();
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(Iterator left, Iterator right) { return left.tag_ == right.tag_; }

    private:
        friend class Modules;
        Iterator(BootTags::Iterator tag, BootTags::Iterator end) : tag_{tag}, end_{end} {
            skip_others();
        }

        void skip_others() {
            while (tag_ != end_ && (*tag_).type() != BootTagType::module) {
                ++tag_;
            }
        }

        BootTags::Iterator tag_; // a module's, or the end
        BootTags::Iterator end_;
    };

    explicit Modules(BootTags tags) : tags_{tags} {}

    Iterator begin() const { return {tags_.begin(), tags_.end()}; }
    Iterator end() const { return {tags_.end(), tags_.end()}; }

private:
    BootTags tags_;
};

static_assert(std::forward_iterator<Modules::Iterator>);

} // namespace kernel
