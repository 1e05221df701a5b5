#include "text/write_value.hpp"

namespace kernel {

// The last digit is known first, so the buffer is filled from its end.
std::string_view number_as_text(NumberBuffer& buffer, std::uint64_t magnitude, bool negative,
                                Field field) {
    const unsigned base = field.hexadecimal ? 16 : 10;
    std::size_t first = buffer.size();
    do {
        buffer[--first] = "0123456789abcdef"[magnitude % base];
        magnitude /= base;
    } while (magnitude != 0);

    const std::string_view sign = negative ? "-" : "";
    const std::string_view prefix = field.prefix && field.hexadecimal ? "0x" : "";
    const std::size_t in_front = sign.size() + prefix.size();
    while (field.zero_fill && buffer.size() - first + in_front < field.width) {
        buffer[--first] = '0';
    }
    for (const std::string_view part : {prefix, sign}) {
        first -= part.size();
        part.copy(&buffer[first], part.size());
    }
    while (buffer.size() - first < field.width) {
        buffer[--first] = ' ';
    }
    return {&buffer[first], buffer.size() - first};
}

} // namespace kernel
