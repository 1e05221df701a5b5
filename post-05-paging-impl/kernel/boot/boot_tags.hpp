// The tags of the boot information, one behind the other.
#pragma once

#include "boot/boot_tag.hpp"

#include <iterator>

namespace kernel {

// Each is known to lie wholly in its place, so walking over them cannot fail and comes to an end.
// The end tag is not one of them.
class BootTags {
public:
    class Iterator {
    public:
        using value_type = BootTag;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;

        BootTag operator*() const { return *BootTag::first_in(rest_); }
        Iterator& operator++() {
            rest_ = rest_.subspan((**this).distance_to_next());
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(Iterator left, Iterator right) {
            return left.rest_.data() == right.rest_.data();
        }

    private:
        friend class BootTags;
        explicit Iterator(std::span<const std::byte> rest) : rest_{rest} {}

        std::span<const std::byte> rest_; // from this tag on
    };

    BootTags() = default; // none

    // Checks the tags' sizes, not their content. `bytes` are a multiple of 8.
    static std::expected<BootTags, BootInformationError> in(std::span<const std::byte> bytes) {
        for (auto rest = bytes; !rest.empty();) {
            const auto tag = BootTag::first_in(rest);
            if (!tag) {
                return std::unexpected{tag.error()};
            }
            if (tag->type() == BootTagType::end) {
                return std::unexpected{BootInformationError::early_end_tag};
            }
            // Never beyond the end, since a multiple of 8 is left; never nothing, since a tag
            // has at least 8 bytes.
            rest = rest.subspan(tag->distance_to_next());
        }
        return BootTags{bytes};
    }

    Iterator begin() const { return Iterator{bytes_}; }
    Iterator end() const { return Iterator{bytes_.last(0)}; }

private:
    explicit BootTags(std::span<const std::byte> bytes) : bytes_{bytes} {}

    std::span<const std::byte> bytes_;
};

static_assert(std::forward_iterator<BootTags::Iterator>);

} // namespace kernel
