// What an experiment or an exercise says that a machine will do, and whether it does.
//
// It is said by lines at the beginning of a file, which may be comments of C++:
//
//     Ends: halts                  how the run ends
//     Prints: no tick comes\n$     a pattern for the whole text on the serial line
//     Type: abc                    typed once the kernel has printed its prompt, "> "
//
// Patterns are those of contains_match: ^ and $ stand for the beginning and the end of the text.
#pragma once

#include "machine/machine.hpp"

#include <filesystem>
#include <string>

namespace bench {

struct Promise {
    // One of
    //   passes           the kernel reports that its tests have passed
    //   resets, panics
    //   halts            the CPU rests, and nothing more is printed
    //   loops            the CPU is busy, and nothing more is printed
    //   goes on          what must be printed has been printed, whatever comes then
    //   does not build   "Prints" is about the messages of the build
    std::string ends = "passes";
    std::string prints{};
    std::string type{};
};

// Reads the lines up to the first that is not of the form "Name: value". Throws std::runtime_error
// if `Ends` is none of the above, or if a name is unknown. Experiments have two more names,
// `Breaks` and `Shows`; their text is for the reader and is not checked.
Promise read_promise(const std::filesystem::path& file);

// What the machine does instead; empty if it keeps the promise. Throws NoVerdict like Machine.
// Precondition: `ends` is not "does not build".
std::string broken(const Promise& promise, Machine& machine);

} // namespace bench
