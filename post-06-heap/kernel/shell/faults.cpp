#include "shell/faults.hpp"

#include "cpu/instructions.hpp"

#include <cstdint>

namespace kernel {
namespace {

void read_through_a_null_pointer() {
    const volatile int* pointer = nullptr;
    asm volatile("" : "+r"(pointer)); // the compiler knows no longer that it is null
    static_cast<void>(*pointer);
}

void write_to_code() {
    *reinterpret_cast<volatile std::uint8_t*>(&write_to_code) = 0x90;
}

void execute_data() {
    static constinit std::uint8_t data = 0xC3; // RET, if it were code
    reinterpret_cast<void (*)()>(&data)();
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winfinite-recursion"

// The statement after the call keeps the call from becoming a jump, and the recursion from becoming
// a loop.
[[gnu::noinline]] void overflow_the_stack() {
    overflow_the_stack();
    asm volatile("");
}

#pragma GCC diagnostic pop

void execute_ud2() {
    asm volatile("ud2");
}

} // namespace

constinit const std::array<Fault, 6> faults{{
    {"null", "reads through a null pointer", read_through_a_null_pointer},
    {"write-code", "writes to the kernel's own code", write_to_code},
    {"execute-data", "calls a variable", execute_data},
    {"stack-overflow", "calls a function that calls itself", overflow_the_stack},
    {"int3", "executes a breakpoint", breakpoint},
    {"ud2", "executes an instruction that is none", execute_ud2},
}};

} // namespace kernel
