#include "console/console.hpp"

// Its address is the linker script's.
extern "C" volatile std::uint16_t vga_text_memory[];

namespace kernel {

constinit Locked<Console> console{Console{vga_text_memory, com1}};

void initialize_console() {
    console.with([](Console& both) { both.initialize(); });
}

} // namespace kernel
