// What the standard library's headers call when their own checks fail. In a hosted program these
// throw exceptions; a kernel has no one to catch them.

#include "console/panic.hpp"

namespace std {

// std::string_view::substr, when the position lies behind the end. `message` is a printf format
// with numbers that say by how much; it is clear enough without them. Declared not to return in
// <bits/functexcept.h>.
void __throw_out_of_range_fmt(const char* message, ...) {
    kernel::panic("out of range: {}", message);
}

} // namespace std
