// The functions that the standard library's headers call when their own checks fail. In an ordinary
// program they throw exceptions; the kernel is compiled without exceptions, so it panics.

#include "console/panic.hpp"

namespace std {

// std::string_view::substr, when the position is past the end. `message` is a printf format with
// numbers that say by how much; it is clear enough without them. Declared not to return in
// <bits/functexcept.h>.
void __throw_out_of_range_fmt(const char* message, ...) {
    kernel::panic("out of range: {}", message);
}

// A std::array's index is out of range, an empty std::optional is dereferenced, and the like, where
// the library checks it: with _GLIBCXX_ASSERTIONS, which g++ from 15 on defines at -O0.
void __glibcxx_assert_fail(const char*, int, const char* function, const char* condition) noexcept {
    kernel::panic("library assertion failed: {}\n  in {}", condition, function);
}

} // namespace std

// Called by value() of a std::expected or std::optional, or std::get() of a std::variant, that does
// not hold the value.
extern "C" void abort() {
    kernel::panic("abort: a value was asked for that is not there");
}

// A virtual function without a body was called, while its object was being made or destroyed.
extern "C" void __cxa_pure_virtual() {
    kernel::panic("a pure virtual function was called");
}
