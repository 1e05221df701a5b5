// Boots kernels that measure themselves, and prints the figures that they report.
//
// Usage: kernel_figures IMAGE.iso...
//
// Time is counted in instructions (QEMU's -icount), so a figure is the same in every run. Each
// kernel is booted twice, and a figure that differs is an error.

#include "machine/machine.hpp"

#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

using namespace bench;

// The lines "figure: NAME = VALUE UNIT" of one run, without the first word.
std::string measure(const std::filesystem::path& image) {
    Machine machine{Boot::iso(image), {.icount = true}};
    const Ending ending = machine.wait_for_end(std::chrono::seconds{60});
    if (ending.end != End::passed) {
        std::ostringstream message;
        message << image.string() << ": " << ending;
        throw std::runtime_error{message.str()};
    }
    std::string figures;
    std::istringstream lines{machine.serial()};
    constexpr std::string_view mark = "figure: ";
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(mark)) {
            figures += line.substr(mark.size()) + '\n';
        }
    }
    return figures;
}

} // namespace

int main(int count, char** arguments) {
    try {
        for (int i = 1; i < count; ++i) {
            const std::string figures = measure(arguments[i]);
            if (const std::string again = measure(arguments[i]); again != figures) {
                throw std::runtime_error{"two runs differ:\n" + figures + again};
            }
            std::cout << figures;
        }
    } catch (const std::exception& error) {
        std::cerr << "kernel_figures: " << error.what() << '\n';
        return 1;
    }
}
