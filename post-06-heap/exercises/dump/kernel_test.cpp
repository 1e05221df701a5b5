// Judges the exercise dump.

#include "support/kernel_test.hpp"
#include "console/console.hpp"
#include "shell/shell.hpp"
#include "support/machine_with_heap.hpp"

#include <charconv>
#include <string>

using namespace kernel;
using namespace kernel_test;

namespace {

constinit Commands* commands = nullptr;

std::string hexadecimal(std::uint64_t value) {
    char digits[16];
    return "0x" + std::string{digits, std::to_chars(digits, digits + 16, value, 16).ptr};
}

// Runs a command on an empty screen, and returns what is on the screen then.
std::string printed_by(const std::string& line) {
    console.with([](Console& both) { both.clear(); });
    run_command(*commands, line);
    const auto* const cells = reinterpret_cast<const volatile std::uint16_t*>(0xB8000);
    std::string text;
    for (std::size_t row = 0; row < 25; ++row) {
        std::string characters;
        for (std::size_t column = 0; column < 80; ++column) {
            characters += static_cast<char>(cells[row * 80 + column]);
        }
        text += characters.substr(0, characters.find_last_not_of(' ') + 1) + "\n";
    }
    return text.substr(0, text.find_last_not_of('\n') + 2);
}

alignas(64) constinit char bytes[64] = "Hello, heap!\0\x1F~\x7F\x80\xFF";

std::string dump_of_bytes() {
    const auto start = reinterpret_cast<std::uint64_t>(bytes);
    std::string text = hexadecimal(start) + "  48 65 6c 6c 6f 2c 20 68  Hello, h\n" +
                       hexadecimal(start + 8) + "  65 61 70 21 00 1f 7e 7f  eap!..~.\n" +
                       hexadecimal(start + 16) + "  80 ff 00 00 00 00 00 00  ........\n";
    for (std::uint64_t row = start + 24; row < start + 64; row += 8) {
        text += hexadecimal(row) + "  00 00 00 00 00 00 00 00  ........\n";
    }
    return text;
}

void it_shows_64_bytes() {
    const auto start = reinterpret_cast<std::uint64_t>(bytes);
    expect(printed_by("dump " + hexadecimal(start)) == dump_of_bytes());
}

void it_rounds_the_address_down() {
    const auto start = reinterpret_cast<std::uint64_t>(bytes);
    expect(printed_by("dump " + hexadecimal(start + 7)) == dump_of_bytes());
}

void it_ends_where_nothing_is_mapped() {
    const std::uint64_t end = heap_start.value() + kernel_heap.statistics().mapped;
    const std::string text = printed_by("dump " + hexadecimal(end - 16));
    const std::size_t second = text.find('\n') + 1;
    const std::size_t third = text.find('\n', second) + 1;
    expect(text.starts_with(hexadecimal(end - 16) + "  "));
    expect(text.substr(second).starts_with(hexadecimal(end - 8) + "  "));
    expect(text.substr(third) == "nothing is mapped at " + hexadecimal(end) + "\n");
    expect(printed_by("dump 0") == "nothing is mapped at 0x0\n");
    expect(printed_by("dump ffffffffffffffff") == "nothing is mapped at 0xfffffffffffffff8\n");
}

void it_explains_what_is_no_address() {
    const std::string usage = "Usage: dump ADDRESS, in hexadecimal, such as dump 0xb8000\n";
    expect(printed_by("dump") == usage);
    expect(printed_by("dump home") == usage);
    expect(printed_by("dump 0xb8000 16") == usage);
    expect(printed_by("dump 0x800000000000") ==
           "0x800000000000 is not canonical: bits 63 to 47 are not all equal\n");
}

void walk_is_what_it_was() {
    expect(printed_by("walk 0xb8000").ends_with("\nphysical address 0xb8000, RW-\n"));
    expect(printed_by("walk").starts_with("Usage: walk ADDRESS"));
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    MachineMemory& memory = machine_with_heap(boot_information_address);
    const Lines history;
    Commands all;
    add_commands(all, memory, history);
    commands = &all;
    run({
        {"it shows 64 bytes", it_shows_64_bytes},
        {"it rounds the address down", it_rounds_the_address_down},
        {"it ends where nothing is mapped", it_ends_where_nothing_is_mapped},
        {"it explains what is no address", it_explains_what_is_no_address},
        {"walk is what it was", walk_is_what_it_was},
    });
}
