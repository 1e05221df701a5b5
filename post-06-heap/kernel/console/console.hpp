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
    // `cells` is the memory of the screen, 25 rows of 80 cells; `port` is the first port of the
    // serial device.
    constexpr Console(volatile std::uint16_t* cells, Port port) : screen_{cells}, serial_{port} {}

    void initialize();              // sets the serial port up and clears the screen
    void clear();                   // the screen only: nothing is sent to the serial port
    void set_colors(Colors colors); // of the text written from now on
    void write(std::string_view text);

private:
    TextScreen<CpuPorts> screen_;
    SerialPort<CpuPorts> serial_;
};

static_assert(TextSink<Console>);

extern constinit Locked<Console> console;

// Call once, before the first print.
void initialize_console();

// print("{} frames at {:#x}", count, address), as in text/format_string.hpp.
// The output of an interrupt handler never appears in the middle of one call's text; the report of
// an exception may.
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
