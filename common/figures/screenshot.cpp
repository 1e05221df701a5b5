// Boots an image, waits until the kernel has printed nothing for a second, takes a picture of its
// screen, and writes the screen's text beside it: PICTURE.txt for PICTURE.png.
//
// Usage: screenshot IMAGE.iso PICTURE.png

#include "figures/screen_picture.hpp"
#include "machine/machine.hpp"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: screenshot IMAGE.iso PICTURE.png\n";
        return 2;
    }
    try {
        // For a CD the bench adds a controller, and the firmware a page of memory that is not free.
        bench::Machine machine{bench::Boot::disk(arguments[1])};
        bench::wait_until_screen_is_complete(machine);
        machine.screenshot(arguments[2]);
        std::ofstream text{std::filesystem::path{arguments[2]}.replace_extension(".txt")};
        text.exceptions(std::ios::failbit | std::ios::badbit);
        text << bench::text_for_picture(machine.screen());
    } catch (const std::exception& error) {
        std::cerr << "screenshot: " << error.what() << '\n';
        return 1;
    }
}
