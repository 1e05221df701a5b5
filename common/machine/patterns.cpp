#include "machine/patterns.hpp"

#include <regex>

namespace bench {
namespace {

// GCC's library matches by recursion, one call for each character: 30,000 overflow the stack. With
// this flag, an extension, it keeps a list of states instead, which cannot refer to an earlier
// match.
std::regex compiled(const std::string& pattern) {
    try {
        return std::regex{pattern, std::regex::ECMAScript | std::regex_constants::__polynomial};
    } catch (const std::regex_error& error) {
        if (error.code() != std::regex_constants::error_complexity) {
            throw;
        }
        return std::regex{pattern};
    }
}

} // namespace

bool contains_match(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, compiled(pattern));
}

std::string with_matches_replaced(const std::string& text, const std::string& pattern,
                                  const std::string& replacement) {
    return std::regex_replace(text, compiled(pattern), replacement);
}

} // namespace bench
