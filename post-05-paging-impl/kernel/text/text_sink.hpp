// Anything that text can be written to: the screen, the serial port, a buffer in a test.
#pragma once

#include <concepts>
#include <string_view>

namespace kernel {

template <typename T>
concept TextSink = requires(T& sink, std::string_view text) {
    { sink.write(text) } -> std::same_as<void>;
};

} // namespace kernel
