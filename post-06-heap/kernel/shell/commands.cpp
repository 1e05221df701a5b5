#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "heap/heap.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/interrupt_controllers.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/keyboard.hpp"
#include "interrupts/timer.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/page_table_printer.hpp"
#include "shell/block_picture.hpp"
#include "shell/page_walk_printer.hpp"
#include "shell/shell.hpp"

#include <algorithm>
#include <charconv>

namespace kernel {
namespace {

// Prints each piece of a long text on its own, so that interrupts are never off for long.
constinit struct {
    void write(std::string_view text) { print("{}", text); }
} printer;

void print_counters() {
    const std::uint64_t time = uptime();
    println("timer ticks         {:8}, {}.{:03} seconds", ticks(), time / 1000, time % 1000);
    println("spurious interrupts {:8}", spurious_interrupts());
    println("lost key events     {:8}", lost_key_events());
}

// Prints the gates of the vectors that have a handler of their own, from the table in use.
void print_gates() {
    const auto* gates = reinterpret_cast<const Gate*>(store_interrupt_descriptor_table().base);
    println("vector  entry code  IST  for");
    for (std::size_t number = 0; number < vector_count; ++number) {
        const auto vector = static_cast<Vector>(number);
        if (interrupt_handlers[number] != &on_unexpected) {
            println("{:6}  {:#10x}  {:3}  {}", number, gates[number].handler(),
                    static_cast<unsigned>(gates[number].stack()),
                    is_exception(vector) ? name_of(vector) : "hardware interrupt");
        }
    }
    println("All other vectors lead to a panic.");
}

void print_walk(std::string_view argument) {
    argument.remove_prefix(argument.starts_with("0x") ? 2 : 0);
    std::uint64_t value = 0;
    const char* const end = argument.data() + argument.size();
    const auto [rest, error] = std::from_chars(argument.data(), end, value, 16);
    const auto address = VirtualAddress::checked(value);
    if (error != std::errc{} || rest != end) {
        println("Usage: walk ADDRESS, in hexadecimal, such as walk 0xb8000");
    } else if (!address) {
        println("{:#x} is not canonical: bits 63 to 47 are not all equal", value);
    } else {
        print_page_walk(printer, direct_map, active_level_4_table(), *address);
    }
}

void print_frames(std::string_view what, std::uint64_t frames) {
    constexpr std::uint64_t per_mib = (1 << 20) / size_in_bytes(PageSize::kib4);
    println("{:22} {:8} frames {:6}.{} MiB", what, frames, frames / per_mib,
            frames % per_mib * 10 / per_mib);
}

void print_heap() {
    const HeapStatistics heap = kernel_heap.statistics();
    println("mapped      {:8} bytes, from {:#x} on", heap.mapped, heap_start.value());
    println("in use      {:8} bytes", heap.used);
    println("cached      {:8} bytes", heap.cached);
    println("free        {:8} bytes", heap.free);
    println("allocations {:8} so far, {} of them back in the heap", heap.allocations,
            heap.deallocations);
}

struct Fault {
    std::string_view kind;
    std::string_view help;
    void (*provoke)(); // returns only if the kernel survives
};

constinit const volatile int* volatile null_pointer = nullptr; // its value may change: volatile
constinit std::uint8_t variable = 0xC3;                        // as code: RET

constexpr Fault faults[]{
    {"null", "reads through a null pointer", [] { static_cast<void>(*null_pointer); }},
    {"write-code", "writes to the kernel's own code",
     [] { *reinterpret_cast<volatile char*>(&on_unexpected) = 0; }},
    {"execute-data", "calls a variable", [] { reinterpret_cast<void (*)()>(&variable)(); }},
    {"stack-overflow", "calls a function that calls itself", [] { asm volatile("0: call 0b"); }},
    {"int3", "executes a breakpoint", breakpoint},
    {"ud2", "executes an invalid instruction", [] { asm volatile("ud2"); }},
};

void fault(std::string_view kind) {
    const auto* const found = std::ranges::find(faults, kind, &Fault::kind);
    if (found != std::end(faults)) {
        found->provoke();
        println("It did not crash!");
        return;
    }
    for (const Fault& each : faults) {
        println("fault {:15} {}", each.kind, each.help);
    }
}

} // namespace

void add_commands(Commands& commands, MachineMemory& memory, const Lines& history) {
    commands["help"] = {"", "shows this list", [&](auto) {
                            for (const auto& [name, command] : commands) {
                                println("{:8} {:8} {}", name, command.argument, command.help);
                            }
                        }};
    commands["history"] = {"", "shows the lines typed so far", [&](auto) {
                               for (std::size_t number = 0; const std::string& line : history) {
                                   println("{:3}  {}", ++number, line);
                               }
                           }};
    commands["echo"] = {"TEXT", "prints the text", [](auto text) { println("{}", text); }};
    commands["clear"] = {"", "clears the screen",
                         [](auto) { console.with([](Console& both) { both.clear(); }); }};
    commands["counters"] = {"", "counts ticks, spurious interrupts, lost key events",
                            [](auto) { print_counters(); }};
    commands["idt"] = {"", "shows the interrupt descriptor table", [](auto) { print_gates(); }};
    commands["fault"] = {"KIND", "makes a mistake on purpose; alone, lists the kinds", fault};
    commands["memory"] = {"", "shows what the page tables map", [](auto) {
                              print_page_tables(printer, direct_map, active_level_4_table());
                          }};
    commands["walk"] = {"ADDRESS", "translates an address, level by level", print_walk};
    commands["frames"] = {"", "counts free and used frames", [&](auto) {
                              print_frames("free", memory.frames.free_count());
                              print_frames("in use", memory.frames.used_count());
                              print_frames("  for the direct map", memory.direct_map_cost);
                          }};
    commands["heap"] = {"", "shows how much of the heap is in use", [](auto) { print_heap(); }};
    commands["blocks"] = {"", "draws the heap", [](auto) {
                              print_blocks(printer, kernel_heap, heap_start.value(),
                                           kernel_heap.statistics().mapped);
                          }};
}

Lines completions_of(const Commands& commands) {
    Lines lines;
    for (const auto& [name, command] : commands) {
        lines.push_back(std::string{name} + (command.argument.empty() ? "" : " "));
    }
    for (const Fault& each : faults) {
        lines.push_back("fault " + std::string{each.kind});
    }
    return lines;
}

} // namespace kernel
