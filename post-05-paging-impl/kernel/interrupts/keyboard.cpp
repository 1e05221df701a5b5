#include "interrupts/keyboard.hpp"

#include "console/console.hpp"
#include "cpu/wait.hpp"
#include "devices/key_event_queue.hpp"
#include "devices/keyboard_controller.hpp"
#include "devices/scancode_decoder.hpp"
#include "devices/us_layout.hpp"
#include "interrupts/interrupt_controllers.hpp"

namespace kernel {
namespace {

constinit KeyboardController<CpuPorts> controller;
constinit bool controller_works = false;

// The handler decodes the bytes from the controller and puts key events into the queue;
// wait_for_key takes them out and passes them to the keyboard.
constinit ScancodeDecoder decoder;
constinit KeyEventQueue events;
constinit Keyboard keyboard{us_layout};

} // namespace

void initialize_keyboard() {
    controller_works = controller.initialize();
    if (controller_works) {
        pics.unmask(Irq::keyboard);
    } else {
        println("There is no keyboard: its controller does not respond.");
    }
}

bool has_keyboard() {
    return controller_works;
}

TypedKey wait_for_key() {
    for (;;) {
        std::optional<KeyEvent> event;
        wait_until([&event] { return (event = events.take()).has_value(); });
        if (const auto typed = keyboard.handle(*event)) {
            return *typed;
        }
    }
}

std::size_t lost_key_events() {
    return events.lost();
}

void on_keyboard(TrapFrame&) {
    // The controller's set-up may have left an interrupt without a byte.
    const auto event = controller.has_byte() ? decoder.decode(controller.read()) : std::nullopt;
    if (event) {
        events.put(*event);
    }
    pics.end_of_interrupt(Irq::keyboard);
}

} // namespace kernel
