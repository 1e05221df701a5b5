#include "shell/command_line.hpp"

#include <algorithm>
#include <utility>

namespace kernel {

CommandLine::CommandLine(std::string_view prompt, Lines completions, Lines& history, Echo echo)
    : prompt_{prompt},
      completions_{std::move(completions)},
      history_{history},
      echo_{std::move(echo)} {}

void CommandLine::begin() const {
    echo_(prompt_);
}

std::optional<std::string> CommandLine::handle(const TypedKey& typed) {
    const auto character = static_cast<unsigned char>(typed.character);
    if (character == '\n') {
        return finish();
    } else if (character == 0x03) { // Ctrl-C [ECMA-48, "Elements of the C0 set"]
        echo_("^C");
        line_.clear();
        return finish();
    } else if (character == '\b') {
        erase(line_.empty() ? 0 : 1);
    } else if (character == '\t') {
        complete();
    } else if (character >= ' ' && character != 0x7F) { // above ASCII: letters of other languages
        append({&typed.character, 1});
    } else if (typed.key == Key::up && place_ > 0) {
        recall(place_ - 1);
    } else if (typed.key == Key::down && place_ < history_.size()) {
        recall(place_ + 1);
    }
    return std::nullopt;
}

// Blank lines and immediate repetitions do not go into the history.
std::string CommandLine::finish() {
    echo_("\n");
    const bool is_blank = line_.find_first_not_of(' ') == std::string::npos;
    if (!is_blank && (history_.empty() || history_.back() != line_)) {
        history_.push_back(line_);
    }
    if (history_.size() > longest_history) {
        history_.erase(history_.begin());
    }
    place_ = history_.size();
    return std::exchange(line_, {});
}

void CommandLine::append(std::string_view text) {
    if (line_.size() + text.size() <= longest_line) {
        line_ += text;
        echo_(text);
    }
}

void CommandLine::erase(std::size_t count) {
    for (; count > 0; --count) {
        line_.pop_back();
        echo_("\b \b");
    }
}

void CommandLine::recall(std::size_t place) {
    if (place_ == history_.size()) {
        typed_ = line_;
    }
    place_ = place;
    erase(line_.size());
    append(place == history_.size() ? typed_ : history_[place]);
}

// Appends what all completions of the line have in common. If that is nothing, lists them.
void CommandLine::complete() {
    Lines lines = completions_;
    std::erase_if(lines, [this](const std::string& each) { return !each.starts_with(line_); });
    if (lines.empty()) {
        return;
    }
    const auto [first, last] = std::ranges::minmax(lines); // the two that have least in common
    const std::string common{first.begin(), std::ranges::mismatch(first, last).in1};
    if (common != line_) {
        append(std::string_view{common}.substr(line_.size()));
    } else if (lines.size() > 1) {
        constexpr std::size_t width = 24; // three columns on the screen
        for (std::size_t index = 0; std::string & each : lines) {
            each.resize(std::max(each.size(), width), ' ');
            echo_(index++ % 3 == 0 ? "\n" : " ");
            echo_(each);
        }
        echo_("\n" + std::string{prompt_} + line_);
    }
}

} // namespace kernel
