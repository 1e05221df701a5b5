#include "console/console.hpp"

extern "C" volatile std::uint16_t vga_text_memory[]; // linker.ld defines the address

namespace kernel {

constinit Locked<Console> console{Console{vga_text_memory, com1}};

void Console::initialize() {
    serial_.initialize();
    screen_.clear();
}

void Console::set_colors(Colors colors) {
    screen_.set_colors(colors);
}

void Console::write(std::string_view text) {
    screen_.write(text);
    serial_.write(text);
}

void initialize_console() {
    console.with([](Console& sink) { sink.initialize(); });
}

} // namespace kernel
