// Where the kernel's text goes: the screen and COM1, always both.
#pragma once

#include "cpu/locked.hpp"
#include "cpu/port.hpp"
#include "devices/serial_port.hpp"
#include "devices/text_screen.hpp"
#include "text/print.hpp"

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace kernel {

class Console {
public:
    // `cells` are the screen's, `port` is the first of the serial device's.
    constexpr Console(volatile std::uint16_t* cells, Port port) : screen_{cells}, serial_{port} {}

    void initialize() {
        serial_.initialize();
        screen_.clear();
    }
    void set_colors(Colors colors) { screen_.set_colors(colors); }
    void write(std::string_view text) {
        screen_.write(text);
        serial_.write(text);
    }

private:
    TextScreen<CpuPorts> screen_;
    SerialPort<CpuPorts> serial_;
};

static_assert(TextSink<Console>);

extern constinit Locked<Console> console;

// To be called once, before the first print.
void initialize_console();

// print("{} frames at {:#x}", count, address)
// No interrupt handler prints in the middle of one call. An exception's may: it cannot wait.
template <typename... Arguments>
void print(FormatString<std::type_identity_t<Arguments>...> format, const Arguments&... arguments) {
    console.with([&](Console& sink) { print_to(sink, format, arguments...); });
}

// The same with a line end.
template <typename... Arguments>
void println(FormatString<std::type_identity_t<Arguments>...> format,
             const Arguments&... arguments) {
    console.with([&](Console& sink) {
        print_to(sink, format, arguments...);
        sink.write("\n");
    });
}

} // namespace kernel
