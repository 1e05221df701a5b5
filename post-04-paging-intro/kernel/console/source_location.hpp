// std::source_location, also for clang before version 16, which lacks the intrinsic that
// libstdc++ builds it on.
#pragma once

#include <cstdint>
#include <source_location>

namespace kernel {

#if defined(__cpp_lib_source_location)
using SourceLocation = std::source_location;
#else
class SourceLocation {
public:
    static constexpr SourceLocation current(const char* file = __builtin_FILE(),
                                            const char* function = __builtin_FUNCTION(),
                                            std::uint_least32_t line = __builtin_LINE()) {
        return {file, function, line};
    }
    constexpr const char* file_name() const { return file_; }
    constexpr const char* function_name() const { return function_; }
    constexpr std::uint_least32_t line() const { return line_; }

private:
    constexpr SourceLocation(const char* file, const char* function, std::uint_least32_t line)
        : file_{file}, function_{function}, line_{line} {}

    const char* file_;
    const char* function_;
    std::uint_least32_t line_;
};
#endif

} // namespace kernel
