// Reads and writes whole files.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

// Returns an empty string if there is no such file.
inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

// Throws a std::runtime_error that names the file if it cannot be written.
inline void write_file(const std::filesystem::path& path, std::string_view text) {
    std::ofstream file{path, std::ios::binary};
    file << text << std::flush;
    if (!file) {
        throw std::runtime_error{"cannot write " + path.string()};
    }
}

} // namespace bench
