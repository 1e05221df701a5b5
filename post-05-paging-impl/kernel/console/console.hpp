// Where the kernel's text goes: always to both the screen and the serial port COM1.
#pragma once

#include "cpu/locked.hpp"
#include "cpu/port.hpp"
#include "devices/serial_port.hpp"
#include "devices/text_screen.hpp"
#include "text/format_string.hpp"

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace kernel {

class Console {
public:
    // `cells` is the memory of the screen, `port` the first port of the serial device.
    constexpr Console(volatile std::uint16_t* cells, Port port) : screen_{cells}, serial_{port} {}

    void initialize();
    void set_colors(Colors colors);
    void write(std::string_view text);

private:
    TextScreen<CpuPorts> screen_;
    SerialPort<CpuPorts> serial_;
};

static_assert(TextSink<Console>);

extern constinit Locked<Console> console;

// Call once, before the first print.
void initialize_console();

// print("{} frames at {:#x}", count, address)
// One call is not interrupted by the output of an interrupt handler, but it may be by the report of
// an exception.
template <typename... Arguments>
void print(const FormatString<std::type_identity_t<Arguments>...>& format,
           const Arguments&... arguments) {
    console.with([&](Console& sink) { print_to(sink, format, arguments...); });
}

// The same, followed by a line end.
template <typename... Arguments>
void println(const FormatString<std::type_identity_t<Arguments>...>& format,
             const Arguments&... arguments) {
    console.with([&](Console& sink) {
        print_to(sink, format, arguments...);
        sink.write("\n");
    });
}

} // namespace kernel
