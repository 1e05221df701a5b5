// Regular expressions. Only patterns.cpp includes <regex>, which takes longer to compile than most
// tests.
#pragma once

#include <string>

namespace bench {

// Whether some part of the text matches the pattern (ECMAScript's syntax, as of std::regex).
bool contains_match(const std::string& text, const std::string& pattern);

// The text with every match replaced.
std::string with_matches_replaced(const std::string& text, const std::string& pattern,
                                  const std::string& replacement);

} // namespace bench
