// What the Tab key needs to know of words.
#pragma once

#include "text/write_value.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kernel {

using Words = std::vector<std::string>;

inline Words words_that_begin_with(std::string_view beginning, Words words) {
    std::erase_if(words, [=](const std::string& word) { return !word.starts_with(beginning); });
    return words;
}

// The longest. There must be a word.
inline std::string common_beginning(const Words& words) {
    std::string_view common = words.front();
    for (const std::string& word : words) {
        const auto end = std::ranges::mismatch(common, word).in1;
        common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
    }
    return std::string{common};
}

// Row by row, as many in each as there is room for.
template <TextSink Sink>
void print_in_columns(Sink& sink, const Words& words, std::size_t screen_width = 80) {
    constexpr std::size_t gap = 2;
    const auto longest = std::ranges::max(words, {}, &std::string::size).size();
    const std::size_t columns = std::max(screen_width / (longest + gap), std::size_t{1});
    for (std::size_t index = 0; index < words.size(); ++index) {
        sink.write(words[index]);
        const bool ends_row = (index + 1) % columns == 0 || index + 1 == words.size();
        if (ends_row) {
            sink.write("\n");
        } else {
            write_repeated(sink, ' ', longest + gap - words[index].size());
        }
    }
}

} // namespace kernel
