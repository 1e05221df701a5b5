// A fresh folder under the system's temporary folder that lives as long as this object.
#pragma once

#include <filesystem>

namespace bench {

class TemporaryFolder {
public:
    TemporaryFolder(); // throws std::runtime_error if there is no place for it
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    // The path of a file in the folder; the file need not exist.
    std::filesystem::path file(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

} // namespace bench
