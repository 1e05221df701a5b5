// The image on PCs without a VGA text screen: GRUB says so on the screen that there is, and the
// kernel prints to the serial port.

#include "machine/machine.hpp"
#include "machine/temporary_folder.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace {

using namespace bench;

// OVMF, the UEFI firmware for QEMU, of Debian's package ovmf.
constexpr const char* firmware = "/usr/share/ovmf/OVMF.fd";

// The firmware alone takes some seconds of the CPU's time.
constexpr milliseconds until_it_has_booted{120'000};

constexpr std::string_view no_screen = "Under UEFI a PC has no VGA text screen.";
constexpr std::string_view serial_port =
    "The kernel runs all the same, and prints to the serial port COM1 alone.";

// How many pixels of the picture that QEMU has of the screen are not black.
std::size_t lit_pixels(Machine& machine) {
    const TemporaryFolder folder;
    const std::filesystem::path picture = folder.path() / "screen.ppm";
    machine.monitor().human_monitor("screendump " + picture.string());
    std::ifstream file{picture, std::ios::binary};
    std::string format;
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t brightest = 0;
    file >> format >> width >> height >> brightest;
    file.get(); // the one blank after the header
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_EQ(format, "P6");
    EXPECT_EQ(bytes.size(), width * height * 3);
    std::size_t lit = 0;
    for (std::size_t pixel = 0; pixel + 3 <= bytes.size(); pixel += 3) {
        lit += bytes.compare(pixel, 3, std::string(3, '\0')) != 0;
    }
    return lit;
}

// The firmware shows on the serial line too what GRUB prints on its screen.
TEST(Uefi, StartsTheKernelAndSaysThatItPrintsToTheSerialPortAlone) {
    Machine machine{Boot::iso(post_image("kernel")), {.arguments = {"-bios", firmware}}};
    ASSERT_TRUE(machine.wait_for(no_screen, until_it_has_booted)) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for(serial_port)) << machine.log_tail();
    machine.press({"esc"}); // GRUB waits five seconds, or for this key
    EXPECT_TRUE(machine.wait_for("Hello from a kernel", until_it_has_booted)) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("\nIt did not crash!\n")) << machine.log_tail();
    EXPECT_GT(lit_pixels(machine), 1000U); // GRUB's words are still there
}

// What the console flags tag says, if there is one.
// [Multiboot2 Specification, "Flags tag"]
std::optional<std::uint32_t> console_flags(const std::string& image) {
    constexpr std::uint32_t magic = 0xE852'50D6;
    constexpr std::size_t fields_in_front_of_the_tags = 16;
    constexpr std::uint16_t type_end = 0;
    constexpr std::uint16_t type_console_flags = 4;
    const auto word_at = [&image](std::size_t place) {
        std::uint32_t word = 0;
        image.copy(reinterpret_cast<char*>(&word), sizeof(word), place);
        return word;
    };
    std::size_t header = 0;
    while (word_at(header) != magic) {
        header += 8;
    }
    std::size_t tag = header + fields_in_front_of_the_tags;
    for (std::uint16_t type = type_console_flags; type != type_end; tag += word_at(tag + 4)) {
        tag = (tag + 7) / 8 * 8;
        type = static_cast<std::uint16_t>(word_at(tag));
        if (type == type_console_flags) {
            return word_at(tag + 8);
        }
    }
    return std::nullopt;
}

TEST(Header, NamesTheTextScreenAndDoesNotInsistOnIt) {
    std::ifstream file{post_built("kernel.elf"), std::ios::binary};
    const std::string image{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_EQ(console_flags(image), 0b10U);
}

// Without a screen and without UEFI, GRUB says nothing. The serial line still works.
TEST(NoScreen, LeavesTheSerialLineAsItIs) {
    Machine machine{Boot::iso(post_image("kernel")), {.arguments = {"-vga", "none"}}};
    EXPECT_TRUE(machine.wait_for("Hello from a kernel written in C++!\n")) << machine.log_tail();
    EXPECT_TRUE(machine.wait_for("\nIt did not crash!\n")) << machine.log_tail();
}

} // namespace
