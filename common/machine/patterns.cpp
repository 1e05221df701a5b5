#include "machine/patterns.hpp"

#include <regex>

namespace bench {

bool contains_match(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex{pattern});
}

std::string with_matches_replaced(const std::string& text, const std::string& pattern,
                                  const std::string& replacement) {
    return std::regex_replace(text, std::regex{pattern}, replacement);
}

} // namespace bench
