// The line that is being typed at the prompt.
//
//     Enter   finishes the line      Backspace  erases the last character
//     Ctrl-C  abandons the line      Up, Down   recall earlier lines
//     Tab     completes the line
#pragma once

#include "devices/keyboard.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kernel {

using Lines = std::vector<std::string>;

class CommandLine {
public:
    static constexpr std::size_t longest_line = 500; // characters: few enough to stay on the screen
    static constexpr std::size_t longest_history = 20;

    // Shows text on the screen, where '\b' moves the cursor back by one character.
    using Echo = std::function<void(std::string_view text)>;

    // Tab completes to `completions`. Finished lines are added to `history`, the newest last. It
    // must be empty at first, and live as long as the command line.
    CommandLine(std::string_view prompt, Lines completions, Lines& history, Echo echo);

    // Shows the prompt. Call this before the first key and after each line.
    void begin() const;

    // Returns the finished line if this key finishes one, and an empty line if it abandons one. A
    // full line takes no more characters. Other keys than those above are ignored.
    std::optional<std::string> handle(const TypedKey& typed);

private:
    std::string finish();
    void append(std::string_view text);
    void erase(std::size_t count);
    void recall(std::size_t place);
    void complete();

    std::string_view prompt_;
    Lines completions_;
    Lines& history_;
    Echo echo_;
    std::string line_;
    std::size_t place_ = 0; // in the history, of the recalled line; its size if none is recalled
    std::string typed_;     // what the line held before an earlier one was recalled
};

} // namespace kernel
