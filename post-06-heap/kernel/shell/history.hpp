// The lines that have been entered, and a place among them: the arrow keys move it up and down.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kernel {

class History {
public:
    static constexpr std::size_t most = 20; // lines; then the oldest goes

    // Moves the place behind the last line. Blank lines and immediate repetitions are not kept.
    void add(std::string_view line) {
        const bool is_blank = line.find_first_not_of(' ') == std::string_view::npos;
        if (!is_blank && (lines_.empty() || lines_.back() != line)) {
            if (lines_.size() == most) {
                lines_.erase(lines_.begin());
            }
            lines_.emplace_back(line);
        }
        place_ = lines_.size();
    }

    // The line one further up, null at the first. `typed` is what comes back behind the last one.
    const std::string* up(std::string_view typed) {
        if (place_ == 0) {
            return nullptr;
        }
        if (place_ == lines_.size()) {
            typed_ = typed;
        }
        return &lines_[--place_];
    }

    // One further down, null behind the last.
    const std::string* down() {
        if (place_ == lines_.size()) {
            return nullptr;
        }
        return ++place_ == lines_.size() ? &typed_ : &lines_[place_];
    }

    const std::vector<std::string>& lines() const { return lines_; }

private:
    std::vector<std::string> lines_;
    std::size_t place_ = 0;
    std::string typed_;
};

} // namespace kernel
