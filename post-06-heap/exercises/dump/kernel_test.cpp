// Ends: halts
// Prints: ^(.*\n)*0x[0-9a-f]+0  48 65 6c 6c 6f 2c 20 68 65 61 70 21 00 1f 7e 7f  Hello, heap!\.\.~\.\n0x[0-9a-f]+0  80 ff (00 ){13}00  \.{16}\n(0x[0-9a-f]+0  (00 ){15}00  \.{16}\n){2}last\n0x[0-9a-f]+ff0  ([0-9a-f]{2} ){15}[0-9a-f]{2}  .{16}\nnothing is mapped at 0x[0-9a-f]+000\nnull\nnothing is mapped at 0x0\nwrong\n(Usage: dump ADDRESS, in hexadecimal, such as dump 0xb8000\n){3}0x800000000000 is not canonical: bits 63 to 47 are not all equal\nwalk\n(.*\n)+physical address 0xb8000, RW-\nthe end\n$

// Judges the exercise dump.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "shell/shell.hpp"
#include "support/machine_with_heap.hpp"

#include <charconv>
#include <string>

using namespace kernel;
using namespace kernel_test;

namespace {

alignas(64) constinit char text[64] = "Hello, heap!\0\x1F~\x7F\x80\xFF";

// The last 16 bytes of a page behind which nothing is mapped.
std::uint64_t end_of_the_heap() {
    return heap_start.value() + kernel_heap.statistics().mapped - 16;
}

void dump(const Commands& commands, std::uint64_t address) {
    std::string line = "dump 0x";
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof(digits), address, 16).ptr;
    run_command(commands, line.append(digits, end));
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    const Lines history;
    Commands commands;
    add_commands(commands, memory, history);
    dump(commands, reinterpret_cast<std::uint64_t>(text));
    println("last");
    dump(commands, end_of_the_heap());
    println("null");
    run_command(commands, "dump 0");
    println("wrong");
    run_command(commands, "dump");
    run_command(commands, "dump home");
    run_command(commands, "dump 0xb8000 16");
    run_command(commands, "dump 0x800000000000");
    println("walk");
    run_command(commands, "walk 0xb8000");
    println("the end");
    halt_forever();
}
