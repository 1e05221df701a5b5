// Collects typed characters into a line and echoes them while it is being written.
#pragma once

#include "text/write_value.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kernel {

template <std::size_t Capacity>
    requires(Capacity > 0)
class LineEditor {
public:
    // The finished line, without its '\n', if `character` ends one. It stays valid until the next
    // call. A full line takes no more characters; control characters other than backspace and
    // enter are ignored.
    template <TextSink Sink>
    constexpr std::optional<std::string_view> on(char character, Sink& echo) {
        if (character == '\n') {
            echo.write("\n");
            const std::string_view line{characters_.data(), size_};
            size_ = 0;
            return line;
        }
        if (character == '\b') {
            erase_last(echo);
        } else if (is_printable(character) && size_ < Capacity) {
            characters_[size_++] = character;
            echo.write({&character, 1});
        }
        return std::nullopt;
    }

private:
    // '\b' only moves the cursor back, as on a terminal: the blank is what erases.
    template <TextSink Sink>
    constexpr void erase_last(Sink& echo) {
        if (size_ > 0) {
            --size_;
            echo.write("\b \b");
        }
    }

    // Above ASCII are the layouts' other letters: everything but control characters.
    static constexpr bool is_printable(char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte >= 0x20 && byte != 0x7F;
    }

    std::array<char, Capacity> characters_{};
    std::size_t size_ = 0;
};

} // namespace kernel
