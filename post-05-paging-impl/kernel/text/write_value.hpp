// How each kind of value becomes text. A type becomes printable by one more overload of
// write_value, in the namespace of the type:
//
//     template <TextSink Sink> void write_value(Sink& sink, const MyType& value, Field field);
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernel {

// Anything that text can be written to: the screen, the serial port, a string in a test.
template <typename T>
concept TextSink = requires(T& sink, std::string_view text) {
    { sink.write(text) } -> std::same_as<void>;
};

// What a field of a format string asks for; see format_string.hpp.
struct Field {
    static constexpr unsigned max_width = 80; // one line of the screen

    bool prefix = false;      // 0x in front of a hexadecimal number
    bool zero_fill = false;   // fill a number with zeros instead of spaces
    unsigned width = 0;       // in characters, at least; 0 to max_width
    bool hexadecimal = false; // write a number in base 16

    friend constexpr bool operator==(const Field&, const Field&) = default;
};

template <typename T>
concept Text = std::convertible_to<const T&, std::string_view>;

// Numbers. A char is written as a character; there is no write_value for bool.
template <typename T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

// Whether a value of type T can be written as `field` asks. Integers take every field, text takes a
// width, and all other types only the plain "{}".
template <typename T>
constexpr bool accepts(Field field) {
    if (Text<T>) {
        field.width = 0;
    }
    return Integer<T> || field == Field{};
}

// Writes a number into the end of `buffer`, filled up to field.width on the left. Returns the part
// of `buffer` that it takes.
using NumberBuffer = std::array<char, Field::max_width>;
std::string_view number_as_text(NumberBuffer& buffer, std::uint64_t magnitude, bool negative,
                                Field field);

// Numbers are filled up to the field's width on the left ...
template <TextSink Sink, Integer T>
void write_value(Sink& sink, T value, Field field) {
    NumberBuffer buffer;
    const auto bits = static_cast<std::uint64_t>(value); // sign-extended
    sink.write(number_as_text(buffer, value < 0 ? 0 - bits : bits, value < 0, field));
}

// ... and text on the right.
template <TextSink Sink, Text T>
void write_value(Sink& sink, const T& value, Field field) {
    const std::string_view text = value;
    sink.write(text);
    for (std::size_t written = text.size(); written < field.width; ++written) {
        sink.write(" ");
    }
}

template <TextSink Sink>
void write_value(Sink& sink, std::same_as<char> auto character, Field) {
    sink.write({&character, 1});
}

// Pointers are written like 0xb8000.
template <TextSink Sink>
void write_value(Sink& sink, const void* address, Field) {
    const Field field{.prefix = true, .hexadecimal = true};
    write_value(sink, reinterpret_cast<std::uint64_t>(address), field);
}

} // namespace kernel
