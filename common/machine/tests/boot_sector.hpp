// Where the tests find the boot sectors that are assembled from boot_sectors/.
#pragma once

#include "machine/boot.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace bench {

// The folder is named by the environment variable BOOT_SECTORS.
inline Boot boot_sector(const std::string& name) {
    const char* folder = std::getenv("BOOT_SECTORS");
    if (folder == nullptr) {
        throw std::runtime_error{"BOOT_SECTORS names no folder"};
    }
    return Boot::disk(std::filesystem::path{folder} / (name + ".img"));
}

} // namespace bench
