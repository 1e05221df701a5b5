#include "shell/commands.hpp"

#include "cpu/instructions.hpp"
#include "heap/heap.hpp"
#include "interrupts/handler.hpp"
#include "interrupts/hardware_interrupts.hpp"
#include "interrupts/unexpected.hpp"
#include "memory/active_tables.hpp"
#include "memory/memory_map_printer.hpp"
#include "shell/block_picture.hpp"
#include "shell/faults.hpp"
#include "shell/gate_printer.hpp"
#include "shell/hexadecimal.hpp"
#include "shell/page_walk_printer.hpp"
#include "shell/printer.hpp"

#include <algorithm>
#include <span>

namespace kernel {
namespace {

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text.substr(0, text.find_last_not_of(' ') + 1); // of blanks alone nothing is left
}

void help(const Commands& commands) {
    for (const auto& [name, command] : commands) {
        println("{:8} {:8} {}", name, command.argument, command.help);
    }
}

void print_history(const History& history) {
    for (std::size_t number = 0; const std::string& line : history.lines()) {
        println("{:3}  {}", ++number, line);
    }
}

void print_frames(std::string_view what, std::uint64_t frames) {
    constexpr std::uint64_t per_mib = (1 << 20) / bytes(PageSize::kib4);
    println("{:22} {:8} frames {:6}.{} MiB", what, frames, frames / per_mib,
            frames % per_mib * 10 / per_mib);
}

void frames(const MachineMemory& memory) {
    print_frames("free", memory.frames.free_count());
    print_frames("in use", memory.frames.used_count());
    print_frames("  for the direct map", memory.direct_map_cost);
}

void heap() {
    const HeapStatistics heap = kernel_heap.statistics();
    std::size_t largest = 0;
    kernel_heap.for_each_free_block([&](std::span<const std::byte> block, BlockState state) {
        largest = state == BlockState::free ? std::max(largest, block.size()) : largest;
    });
    println("mapped             {:8} bytes, from {:#x} on", heap.mapped, heap_start.value());
    println("in use             {:8} bytes", heap.used);
    println("kept ready         {:8} bytes", heap.ready);
    println("free               {:8} bytes", heap.free);
    println("largest free block {:8} bytes", largest);
    println("allocations        {:8} so far, {} of them back in the heap", heap.allocations,
            heap.deallocations);
}

void blocks() {
    BlockPicture picture{heap_start.value(), kernel_heap.statistics().mapped};
    kernel_heap.for_each_free_block([&](std::span<const std::byte> block, BlockState state) {
        state == BlockState::free ? picture.add_free(block) : picture.add_ready(block);
    });
    Printer printer;
    picture.print(printer);
    println("Each character is {} bytes: # in use, + some kept ready, . all free",
            picture.bytes_per_character());
}

void walk(std::string_view argument) {
    const auto value = parse_hexadecimal(argument);
    if (!value && value.error() == HexadecimalError::too_large) {
        println("{} has more than 64 bits: no address does", argument);
        return;
    }
    if (!value) {
        println("walk needs an address, like 0xb8000");
        return;
    }
    const auto address = VirtualAddress::checked(*value);
    if (!address) {
        println("{:#x} is not canonical: bits 63 to 47 are not all equal", *value);
        return;
    }
    Printer printer;
    print_page_walk(printer, direct_map, active_level_4_table(), *address);
}

void print_ticks() {
    const std::uint64_t time = uptime();
    println("{} ticks, {}.{:03} seconds", ticks(), time / 1000, time % 1000);
}

// What has come from the devices, and what was lost of it.
void counters() {
    println("timer ticks         {:8}", ticks());
    println("spurious interrupts {:8}", spurious_interrupts());
    println("lost scan codes     {:8}", dropped_scancodes());
}

// What the CPU itself uses, whoever has loaded it.
void idt() {
    const DescriptorTablePointer table = store_interrupt_descriptor_table();
    const std::span gates{reinterpret_cast<const Gate*>(table.base),
                          (std::size_t{table.limit} + 1) / sizeof(Gate)};
    Printer printer;
    print_gates(printer, gates, [](Vector vector) {
        return interrupt_handlers[static_cast<std::size_t>(vector)] == &on_unexpected;
    });
}

void fault(std::string_view kind) {
    const auto* const found = std::ranges::find(faults, kind, &Fault::name);
    if (found != faults.end()) {
        found->provoke();
        println("It did not crash!");
        return;
    }
    if (!kind.empty()) {
        println(R"(Unknown fault "{}". The kernel knows these:)", kind);
    }
    for (const Fault& each : faults) {
        println("fault {:15} {}", each.name, each.help);
    }
}

} // namespace

void add_commands(Commands& commands, MachineMemory& memory, const History& history) {
    commands["help"] = {"", "shows this list", [&](auto) { help(commands); }};
    commands["history"] = {"", "the lines typed so far", [&](auto) { print_history(history); }};
    commands["echo"] = {"TEXT", "prints it", [](auto text) { println("{}", text); }};
    commands["clear"] = {"", "empties the screen",
                         [](auto) { console.with([](Console& both) { both.clear(); }); }};
    commands["ticks"] = {"", "how often the timer has ticked", [](auto) { print_ticks(); }};
    commands["counters"] = {"", "ticks, spurious interrupts, lost scan codes",
                            [](auto) { counters(); }};
    commands["idt"] = {"", "the gates of the interrupt descriptor table", [](auto) { idt(); }};
    commands["fault"] = {"KIND", "does something wrong (alone: lists what)", fault};
    commands["memory"] = {"", "what the page tables map", [](auto) {
                              Printer printer;
                              print_memory_map(printer, direct_map, active_level_4_table());
                          }};
    commands["walk"] = {"ADDRESS", "through the page tables, level by level", walk};
    commands["frames"] = {"", "free and used memory", [&](auto) { frames(memory); }};
    commands["heap"] = {"", "how much of the heap is in use", [](auto) { heap(); }};
    commands["blocks"] = {"", "a picture of the heap", [](auto) { blocks(); }};
}

void run_command(const Commands& commands, std::string_view line) {
    line = trimmed(line);
    if (line.empty()) {
        return;
    }
    const std::string_view name = line.substr(0, line.find(' '));
    const auto command = commands.find(name);
    if (command == commands.end()) {
        println(R"(There is no command "{}". Type "help" for those that there are.)", name);
        return;
    }
    command->second.run(trimmed(line.substr(name.size())));
}

std::vector<std::string> words_behind(std::string_view before, const Commands& commands) {
    std::vector<std::string> words;
    if (before.empty()) {
        for (const auto& [name, command] : commands) {
            words.push_back(name);
        }
    } else if (before == "fault ") {
        for (const Fault& each : faults) {
            words.emplace_back(each.name);
        }
    }
    return words;
}

} // namespace kernel
