// What a program can do wrong, to be done on purpose.
#pragma once

#include <array>
#include <string_view>

namespace kernel {

struct Fault {
    std::string_view name;
    std::string_view help;
    void (*provoke)(); // comes back only if the CPU allows it, as it does after int3
};

extern const std::array<Fault, 6> faults;

} // namespace kernel
