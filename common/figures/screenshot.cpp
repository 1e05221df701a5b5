// Boots an image, waits until the kernel has printed nothing for a second, and takes a picture of
// its screen.
//
// Usage: screenshot IMAGE.iso PICTURE.png

#include "machine/machine.hpp"

#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: screenshot IMAGE.iso PICTURE.png\n";
        return 2;
    }
    try {
        bench::Machine machine{bench::Boot::iso(arguments[1])};
        if (!machine.wait_for("\n")) {
            throw std::runtime_error{machine.log_tail()};
        }
        std::size_t heard = 0;
        do {
            heard = machine.serial().size();
            machine.wait_for_end(std::chrono::seconds{1});
        } while (machine.serial().size() != heard);
        machine.screenshot(arguments[2]);
    } catch (const std::exception& error) {
        std::cerr << "screenshot: " << error.what() << '\n';
        return 1;
    }
}
