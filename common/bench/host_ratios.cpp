// Prints what Google Benchmark has measured, on standard input, as ratios: lines "NAME = VALUE
// UNIT", as kernel_figures does.
//
// Usage: host_ratios CONTESTANT < results.json

#include "bench/ratios.hpp"

#include <iomanip>
#include <iostream>
#include <iterator>
#include <stdexcept>

int main(int count, char** arguments) {
    try {
        if (count != 2) {
            throw std::runtime_error{"usage: host_ratios CONTESTANT < results.json"};
        }
        const std::string json{std::istreambuf_iterator<char>{std::cin}, {}};
        std::cout << std::fixed << std::setprecision(2);
        for (const bench::Ratio& ratio : bench::ratios_of(arguments[1], json)) {
            std::cout << "time to " << ratio.peer << "'s: " << ratio.trace << " = " << ratio.median
                      << " times (" << ratio.lowest << " to " << ratio.highest << ")\n";
        }
    } catch (const std::exception& error) {
        std::cerr << "host_ratios: " << error.what() << '\n';
        return 1;
    }
}
