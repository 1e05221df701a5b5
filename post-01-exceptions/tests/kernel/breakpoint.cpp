// int3 returns, and only what the handler has changed is different.

#include "cpu/instructions.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "support/kernel_test.hpp"
#include "support/registers.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constinit InterruptDescriptorTable table;
constinit TrapFrame seen{}; // by the last call of the handler
constinit unsigned calls = 0;
constinit unsigned depth = 0; // how many more int3 the handler executes itself

void on_int3(TrapFrame& frame) {
    ++calls;
    seen = frame;
    if (depth > 0) {
        --depth;
        breakpoint();
    }
}

void load_own_table() {
    table.set<Vector::breakpoint, on_int3>();
    table.load();
    calls = 0;
}

// Reserved bit 1 is always set; arithmetic flags and DF vary with the pattern. IF, TF and the
// rest stay off.
constexpr std::uint64_t flag_patterns[] = {0x002, 0x8D7, 0x402, 0xCD7};

Registers pattern(std::uint64_t seed, std::uint64_t rflags) {
    const auto next = [&seed] { return seed = seed * 6364136223846793005u + 1442695040888963407u; };
    return {next(), next(), next(), next(), next(), next(), next(), next(),
            next(), next(), next(), next(), next(), next(), next(), rflags};
}

void int3_preserves_every_register_and_flag() {
    load_own_table();
    for (const std::uint64_t rflags : flag_patterns) {
        const Registers before = pattern(rflags, rflags);
        Registers after{};
        Place place{};
        int3_with_registers(before, after, place);
        for (std::size_t i = 0; i < 16; ++i) {
            expect_equal(values(after)[i], values(before)[i]);
        }
    }
}

void the_frame_holds_the_interrupted_state() {
    load_own_table();
    const Registers before = pattern(7, 0x8D7);
    Registers after{};
    Place place{};
    int3_with_registers(before, after, place);
    expect_equal(calls, 1u);
    expect_equal(seen.rip, place.rip); // a trap: the address of the instruction after int3
    expect_equal(seen.rsp, place.rsp);
    expect_equal(seen.vector, 3u);
    expect_equal(seen.error_code, 0u);
    expect_equal(seen.cs, static_cast<std::uint64_t>(read_cs()));
    expect_equal(seen.rflags, before.rflags);
    expect_equal(seen.rax, before.rax);
    expect_equal(seen.rbx, before.rbx);
    expect_equal(seen.rcx, before.rcx);
    expect_equal(seen.rdx, before.rdx);
    expect_equal(seen.rsi, before.rsi);
    expect_equal(seen.rdi, before.rdi);
    expect_equal(seen.rbp, before.rbp);
    expect_equal(seen.r8, before.r8);
    expect_equal(seen.r9, before.r9);
    expect_equal(seen.r10, before.r10);
    expect_equal(seen.r11, before.r11);
    expect_equal(seen.r12, before.r12);
    expect_equal(seen.r13, before.r13);
    expect_equal(seen.r14, before.r14);
    expect_equal(seen.r15, before.r15);
}

void int3_nests_inside_its_handler() {
    load_own_table();
    depth = 20;
    breakpoint();
    expect_equal(calls, 21u);
    expect_equal(depth, 0u);
}

void fifty_thousand_in_a_row_leave_the_stack_where_it_was() {
    load_own_table();
    breakpoint();
    const std::uint64_t rsp = seen.rsp;
    for (int i = 1; i < 50'000; ++i) {
        breakpoint();
    }
    expect_equal(calls, 50'000u);
    expect_equal(seen.rsp, rsp);
}

void skip_two_bytes(TrapFrame& frame) {
    frame.rip += 2;
}

void a_handler_can_change_where_the_program_goes_on() {
    static constinit InterruptDescriptorTable skipping;
    skipping.set<Vector::breakpoint, skip_two_bytes>();
    skipping.load();
    asm volatile("int3\n\tud2"); // UD2 is two bytes long, and would be fatal
}

// A callee-saved register survives a handler in C++ even if stubs.asm forgets to restore it; what
// the handler has written into the frame does not.
void invert_every_register(TrapFrame& frame) {
    for (auto* value : {&frame.r15, &frame.r14, &frame.r13, &frame.r12, &frame.r11, &frame.r10,
                        &frame.r9, &frame.r8, &frame.rbp, &frame.rdi, &frame.rsi, &frame.rdx,
                        &frame.rcx, &frame.rbx, &frame.rax}) {
        *value = ~*value;
    }
}

void a_handler_can_change_every_register() {
    static constinit InterruptDescriptorTable inverting;
    inverting.set<Vector::breakpoint, invert_every_register>();
    inverting.load();
    const Registers before = pattern(2, 0x002);
    Registers after{};
    Place place{};
    int3_with_registers(before, after, place);
    for (std::size_t i = 0; i < 15; ++i) {
        expect_equal(values(after)[i], ~values(before)[i]);
    }
}

constinit std::uint64_t frame_address = 0;
constinit std::uint64_t rflags_inside = 0;

void look_around(TrapFrame& frame) {
    frame_address = reinterpret_cast<std::uint64_t>(&frame);
    asm volatile("pushfq\n\tpop %0" : "=r"(rflags_inside));
}

void the_handler_runs_with_an_aligned_stack_and_a_clear_direction_flag() {
    static constinit InterruptDescriptorTable looking;
    looking.set<Vector::breakpoint, look_around>();
    looking.load();
    constexpr std::uint64_t direction_flag = 0x400;
    const Registers before = pattern(1, 0x002 | direction_flag);
    Registers after{};
    Place place{};
    int3_with_registers(before, after, place);
    expect_equal(frame_address % 16, 0u); // RSP just before the call
    expect_equal(rflags_inside & direction_flag, 0u);
    expect_equal(after.rflags, before.rflags);
}

void the_kernels_own_handler_returns() {
    initialize_interrupts();
    breakpoint();
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"int3 preserves every register and flag", int3_preserves_every_register_and_flag},
        {"the frame holds the interrupted state", the_frame_holds_the_interrupted_state},
        {"int3 nests inside its handler", int3_nests_inside_its_handler},
        {"fifty thousand in a row leave the stack where it was",
         fifty_thousand_in_a_row_leave_the_stack_where_it_was},
        {"a handler can change where the program goes on",
         a_handler_can_change_where_the_program_goes_on},
        {"a handler can change every register", a_handler_can_change_every_register},
        {"the handler runs with an aligned stack and a clear direction flag",
         the_handler_runs_with_an_aligned_stack_and_a_clear_direction_flag},
        {"the kernel's own handler returns", the_kernels_own_handler_returns},
    });
}
