// A new folder in the system's temporary folder, removed with this object.
#pragma once

#include <filesystem>

namespace bench {

class TemporaryFolder {
public:
    TemporaryFolder(); // throws std::runtime_error if it cannot be created
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    // Returns the path of a file in the folder. The file need not exist.
    std::filesystem::path file(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

} // namespace bench
