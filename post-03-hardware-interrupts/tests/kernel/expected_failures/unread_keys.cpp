// Keys are typed and nobody reads them, until so many are lost. What is read then must not be as if
// those were still held whose release was lost.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "devices/keyboard.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/hardware_interrupts.hpp"
#include "interrupts/segments.hpp"

using namespace kernel;

namespace {

void wait_until_lost(std::size_t bytes) {
    while (dropped_scancodes() < bytes) {
        halt(); // each byte wakes it
    }
    println("{} bytes are lost", bytes);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    initialize_hardware_interrupts();
    enable_interrupts();
    println("Nobody reads");
    wait_until_lost(30);
    wait_until_lost(50);
    ScancodeDecoder decoder;
    Keyboard<UsLayout> keyboard;
    for (;;) {
        const auto event = decoder.decode(wait_for_scancode());
        if (const auto typed = event ? keyboard.on(*event) : std::nullopt) {
            print("{}", std::string_view{&typed->character, typed->character != '\0' ? 1u : 0u});
        }
    }
}
