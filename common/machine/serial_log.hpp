// Everything that a machine has said on its serial line, as text.
//
// Kernels end their lines with CR LF, as a terminal wants it; here they end with LF alone.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace bench {

class SerialLog {
public:
    // Waits for more and appends it; false: enough has been waited, or no more will ever come.
    using Listen = std::function<bool()>;

    void append(std::string_view raw);

    const std::string& text() const { return text_; }

    // Whether a line starts with "KERNEL PANIC".
    bool panicked() const { return panicked_; }

    // Listens until the text is there. The search starts behind the text that was found last, so
    // the same text can be waited for again and again. False: it had not come when `listen` gave
    // up.
    bool wait_for(std::string_view text, const Listen& listen);

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
