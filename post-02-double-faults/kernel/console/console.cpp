#include "console/console.hpp"

#include "cpu/port.hpp"

// Its address is the linker script's.
extern "C" volatile std::uint16_t vga_text_memory[];

namespace kernel {
namespace {

constinit TextScreen<CpuPorts> screen{vga_text_memory};
constinit SerialPort<CpuPorts> serial{com1};

} // namespace

void Console::initialize() {
    serial.initialize();
    screen.clear();
}

void Console::set_colors(Colors colors) {
    screen.set_colors(colors);
}

void Console::write(std::string_view text) {
    screen.write(text);
    serial.write(text);
}

} // namespace kernel
