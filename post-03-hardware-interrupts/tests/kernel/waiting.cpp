// Waiting for an interrupt must not miss one: here the interrupt comes after each single
// instruction of the wait in turn.

#include "cpu/instructions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/timer.hpp"
#include "support/kernel_test.hpp"
#include "support/pretended_keyboard.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

// The CPU stops before each instruction. From a chosen one on, a tick and a key are simulated as
// soon as interrupts are on. STI and HLT are not executed: instead the next interrupt comes, and if
// there is none left, the CPU would have slept for ever.
constinit unsigned steps_to_go = 0;
constinit unsigned interrupts_to_come = 0;
constinit bool has_come = false; // the one at the chosen instruction
constinit bool sleeps_for_ever = false;

void on_step(TrapFrame& frame) {
    constexpr std::uint64_t interrupt_flag = 1 << 9;
    const auto* next = reinterpret_cast<const std::uint8_t*>(frame.rip);
    const bool halts = next[0] == 0xFB && next[1] == 0xF4; // nothing comes between the two
    const bool on = (frame.rflags & interrupt_flag) != 0;
    const bool comes = on && steps_to_go == 0 && !has_come && interrupts_to_come > 0;
    if (comes) {
        has_come = true;
        --interrupts_to_come;
        asm volatile("int $32\n\tint $33" : : : "memory");
    }
    if (halts) {
        if (interrupts_to_come == 0) {
            sleeps_for_ever = true;
        } else {
            --interrupts_to_come;
        }
        asm volatile("int $32\n\tint $33" : : : "memory"); // so that the test ends in any case
        frame.rip += 2;
        frame.rflags |= interrupt_flag;
    }
    steps_to_go -= steps_to_go > 0 ? 1 : 0;
}

// `wait` should end after so many interrupts.
template <typename Prepare, typename Wait>
void step_through(unsigned interrupts, Prepare prepare, Wait wait) {
    constexpr std::uint64_t trap_flag = 1 << 8;
    for (unsigned steps = 0; steps < 1000; ++steps) { // more than there are
        const auto what = prepare();
        steps_to_go = steps;
        interrupts_to_come = interrupts;
        has_come = sleeps_for_ever = false;
        asm volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq" : : "i"(trap_flag) : "memory", "cc");
        wait(what);
        asm volatile("pushfq\n\tandq %0, (%%rsp)\n\tpopfq" : : "i"(~trap_flag) : "memory", "cc");
        expect(!sleeps_for_ever);
    }
    expect(steps_to_go > 0); // there were fewer
}

void no_tick_is_slept_over() {
    step_through(
        1, [] { return ticks() + 1; }, [](std::uint64_t tick) { wait_for_tick(tick); });
    step_through(
        2, [] { return ticks() + 2; }, [](std::uint64_t tick) { wait_for_tick(tick); });
}

void no_key_is_slept_over() {
    step_through(
        1,
        [] {
            pretend_keyboard_sends(0x1E);
            return Key::a;
        },
        [](Key key) { expect(wait_for_key().key == key); });
}

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector{1}, on_step>();
    table.set<vector_of(Irq::timer), on_timer>();
    table.set<vector_of(Irq::keyboard), on_keyboard>();
    table.load();
    pics.initialize();
    initialize_timer();
    pics.initialize(); // masks every line again: no interrupt comes but the simulated ones
    enable_interrupts();
    run({
        {"no tick is slept over", no_tick_is_slept_over},
        {"no key is slept over", no_key_is_slept_over},
    });
}
