#include "machine/serial_log.hpp"

#include <algorithm>

namespace bench {
namespace {

// Where to continue the search in a text that has grown: a match may begin in the old part.
std::size_t resume(std::size_t old_size, std::size_t sought) {
    return old_size < sought ? 0 : old_size - sought;
}

} // namespace

void SerialLog::append(std::string_view raw) {
    constexpr std::string_view mark = "\nKERNEL PANIC";
    const std::size_t old_size = text_.size();
    for (const char character : raw) {
        if (character == '\n' && text_.ends_with('\r')) {
            text_.pop_back();
        }
        text_.push_back(character);
    }
    panicked_ = panicked_ || text_.starts_with(mark.substr(1)) ||
                text_.find(mark, resume(old_size, mark.size())) != std::string::npos;
}

bool SerialLog::wait_for(std::string_view text, const Listen& listen) {
    std::size_t from = found_;
    for (bool more = true;;) {
        const std::size_t place = text_.find(text, from);
        if (place != std::string::npos) {
            found_ = place + text.size();
            return true;
        }
        if (!more) {
            return false;
        }
        from = std::max(found_, resume(text_.size(), text.size()));
        more = listen();
    }
}

std::string_view tail(std::string_view text, std::size_t lines) {
    std::size_t start = text.size();
    if (text.ends_with('\n')) {
        --start;
    }
    while (lines > 0 && start > 0) {
        const std::size_t newline = text.rfind('\n', start - 1);
        start = newline == std::string_view::npos ? 0 : newline;
        --lines;
    }
    if (start > 0) {
        ++start; // after the newline of the last line that is left out
    }
    return text.substr(start);
}

std::string excerpt(std::string_view title, std::string_view text, std::size_t lines) {
    const std::string_view last = tail(text, lines);
    std::string all{title};
    all.append(last.empty() ? " nothing\n" : "\n").append(last);
    return all.ends_with('\n') ? all : all + "\n";
}

} // namespace bench
