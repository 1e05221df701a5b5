// Boots an image and says whether the machine keeps the promise at the beginning of a file:
//
//     judge IMAGE.iso FILE
//
// Prints the kernel's text. The exit code is 0 if it does, 1 if it does not, 2 if there is no
// verdict.

#include "rings/promise.hpp"

#include <exception>
#include <iostream>

int main(int count, char** arguments) {
    using namespace bench;
    try {
        if (count != 3) {
            throw std::runtime_error{"expected an image and a file"};
        }
        const Promise promise = read_promise(arguments[2]);
        Machine machine{Boot::iso(arguments[1])};
        const std::string difference = broken(promise, machine);
        std::cout << machine.serial();
        if (!difference.empty()) {
            std::cout << "The kernel should do something else (" << promise.ends
                      << "): " << difference << '\n';
        }
        return difference.empty() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "judge: " << error.what() << '\n';
        return 2;
    }
}
