// Everything that a machine has said on its serial line, as text.
//
// Kernels end their lines with CR LF, as a terminal wants it; here they end with LF alone.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace bench {

using std::chrono::milliseconds;

class SerialLog {
public:
    // Waits up to so long for more and appends it; false: no more will ever come.
    using Listen = std::function<bool(milliseconds longest)>;

    void append(std::string_view raw);

    const std::string& text() const { return text_; }

    // Whether a line starts with "KERNEL PANIC".
    bool panicked() const { return panicked_; }

    // Listens until the text is there. The search starts behind the text that was found last, so
    // the same text can be waited for again and again. False: it did not come within `timeout`,
    // or it cannot come any more.
    bool wait_for(std::string_view text, milliseconds timeout, const Listen& listen);

private:
    std::string text_;
    std::size_t found_ = 0; // where the text that was found last ends
    bool panicked_ = false;
};

// The last `lines` lines of a text.
std::string_view tail(std::string_view text, std::size_t lines);

// The same under a title and ended by a newline, for a log of several parts.
std::string excerpt(std::string_view title, std::string_view text, std::size_t lines);

} // namespace bench
