// Boots an image, waits until the kernel has come to rest, and takes a picture of its screen.
//
// Usage: screenshot IMAGE.iso PICTURE.png

#include "machine/machine.hpp"

#include <exception>
#include <iostream>

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: screenshot IMAGE.iso PICTURE.png\n";
        return 2;
    }
    try {
        bench::Machine machine{bench::Boot::iso(arguments[1])};
        if (!machine.wait_for("\n") || !machine.wait_until_idle()) {
            throw std::runtime_error{machine.log_tail()};
        }
        machine.screenshot(arguments[2]);
    } catch (const std::exception& error) {
        std::cerr << "screenshot: " << error.what() << '\n';
        return 1;
    }
}
