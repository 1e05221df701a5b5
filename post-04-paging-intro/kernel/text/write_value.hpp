// How each kind of value becomes text. A type of one's own is made printable by one more
// overload of write_value in the type's namespace:
//
//     template <TextSink Sink> void write_value(Sink& sink, const MyType& value, Field field);
#pragma once

#include "text/field.hpp"
#include "text/text_sink.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace kernel {

template <typename T>
concept Text = std::convertible_to<const T&, std::string_view>;

template <typename T>
concept Pointer = !Text<T> && (std::is_pointer_v<T> || std::is_null_pointer_v<T>);

// Integers are those that one calculates with: not bool, not the character types.
template <typename T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

// Writes `character` `count` times.
template <TextSink Sink>
constexpr void write_repeated(Sink& sink, char character, std::size_t count) {
    for (; count > 0; --count) {
        sink.write({&character, 1});
    }
}

// The digits of a number in base 2, 10 or 16.
class Digits {
public:
    constexpr Digits(std::uint64_t value, unsigned base, bool upper_case) {
        do {
            const auto digit = static_cast<char>(value % base);
            const char letter = upper_case ? 'A' : 'a';
            buffer_[--first_] = static_cast<char>(digit < 10 ? '0' + digit : letter + digit - 10);
            value /= base;
        } while (value != 0);
    }

    constexpr std::string_view text() const {
        return {buffer_.data() + first_, buffer_.size() - first_};
    }

private:
    std::array<char, 64> buffer_{}; // as many as the longest, in base 2
    std::size_t first_ = buffer_.size();
};

template <TextSink Sink>
constexpr void write_number(Sink& sink, std::uint64_t magnitude, bool negative, Field field) {
    const bool hexadecimal = field.type == 'x' || field.type == 'X';
    const unsigned base = hexadecimal ? 16 : field.type == 'b' ? 2 : 10;
    const Digits digits{magnitude, base, field.type == 'X'};
    const std::string_view sign = negative ? "-" : "";
    const std::string_view prefix = !field.alternate    ? ""
                                    : field.type == 'x' ? "0x"
                                    : field.type == 'X' ? "0X"
                                    : field.type == 'b' ? "0b"
                                                        : "";
    const std::size_t length = sign.size() + prefix.size() + digits.text().size();
    const std::size_t padding = field.width > length ? field.width - length : 0;
    write_repeated(sink, ' ', field.zero_fill ? 0 : padding);
    sink.write(sign);
    sink.write(prefix);
    write_repeated(sink, '0', field.zero_fill ? padding : 0);
    sink.write(digits.text());
}

template <TextSink Sink, Integer T>
constexpr void write_value(Sink& sink, T value, Field field) {
    const auto bits = static_cast<std::uint64_t>(value); // sign-extended
    const bool negative = value < 0;
    write_number(sink, negative ? 0 - bits : bits, negative, field);
}

template <TextSink Sink, Pointer T>
constexpr void write_value(Sink& sink, T value, Field field) {
    field.alternate = true;
    field.type = 'x';
    write_number(sink, reinterpret_cast<std::uintptr_t>(value), false, field);
}

// Text stands at the left of its width, numbers at the right.
template <TextSink Sink, Text T>
constexpr void write_value(Sink& sink, const T& value, Field field) {
    const std::string_view text = value;
    sink.write(text);
    write_repeated(sink, ' ', field.width > text.size() ? field.width - text.size() : 0);
}

template <TextSink Sink>
constexpr void write_value(Sink& sink, std::same_as<bool> auto value, Field field) {
    write_value(sink, std::string_view{value ? "true" : "false"}, field);
}

template <TextSink Sink>
constexpr void write_value(Sink& sink, std::same_as<char> auto value, Field field) {
    write_value(sink, std::string_view{&value, 1}, field);
}

// Whether a value of type T can be written in this way: what std::format would accept, and for a
// type with a write_value of its own the plain "{}".
template <typename T>
constexpr bool accepts(Field field) {
    if constexpr (Integer<T>) {
        return true;
    } else if constexpr (Pointer<T>) {
        return !field.alternate && field.type == '\0';
    } else if constexpr (Text<T> || std::same_as<T, bool> || std::same_as<T, char>) {
        return !field.alternate && !field.zero_fill && field.type == '\0';
    } else {
        return field == Field{};
    }
}

} // namespace kernel
