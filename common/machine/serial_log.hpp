// The text that a machine has sent on its serial line.
//
// Kernels end their lines with CR LF, as terminals expect. Here a line ends with LF alone.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace bench {

class SerialLog {
public:
    // Waits for more text and appends it. Returns false if the time is up or the line is closed.
    using Listen = std::function<bool()>;

    void append(std::string_view raw);

    const std::string& text() const { return text_; }

    // Whether a line starts with "KERNEL PANIC".
    bool panicked() const { return panicked_; }

    // Calls `listen` until `text` is found. The search starts after the text that was found last,
    // so the same text can be waited for repeatedly. Returns false if `listen` returns false first.
    bool wait_for(std::string_view text, const Listen& listen);

private:
    std::string text_;
    std::size_t found_ = 0; // the end of the text that was found last
    bool panicked_ = false;
};

// Returns the last `lines` lines of a text.
std::string_view tail(std::string_view text, std::size_t lines);

// Returns the same below a title and with a newline at the end, as one part of a longer log.
std::string excerpt(std::string_view title, std::string_view text, std::size_t lines);

} // namespace bench
