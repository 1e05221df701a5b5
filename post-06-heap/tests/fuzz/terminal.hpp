// A terminal with a single row, as wide as needed.
#pragma once

#include "keyboard_model.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

class Terminal {
public:
    void write(std::string_view text) {
        for (const char character : text) {
            if (character == '\n') {
                row_.clear();
                cursor_ = 0;
            } else if (character == '\b') {
                require(cursor_ > 0, "the cursor does not leave the row");
                --cursor_;
            } else {
                row_.resize(std::max(row_.size(), cursor_ + 1), ' ');
                row_[cursor_++] = character;
            }
        }
    }

    bool shows(std::string_view text, std::size_t cursor) const {
        return cursor == cursor_ && row_.starts_with(text) &&
               row_.find_first_not_of(' ', text.size()) == std::string::npos;
    }

private:
    std::string row_{};
    std::size_t cursor_ = 0;
};
