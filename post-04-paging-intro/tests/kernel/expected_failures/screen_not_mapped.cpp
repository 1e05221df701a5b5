// A panic that cannot be shown, because the screen's memory is not mapped, must halt and not repeat
// for ever.

#include "console/panic.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    auto* const not_mapped = reinterpret_cast<volatile std::uint16_t*>(0x4000'0000'0000);
    console.with([&](Console& sink) { sink = Console{not_mapped, com1}; });
    panic("only the serial port says this");
}
