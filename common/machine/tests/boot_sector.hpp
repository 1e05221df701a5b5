// The boot sectors that are assembled from boot_sectors/.
#pragma once

#include "machine/boot.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace bench {

// The environment variable BOOT_SECTORS names their folder.
inline Boot boot_sector(const std::string& name) {
    const char* folder = std::getenv("BOOT_SECTORS");
    if (folder == nullptr) {
        throw std::runtime_error{"BOOT_SECTORS is not set"};
    }
    return Boot::disk(std::filesystem::path{folder} / (name + ".img"));
}

} // namespace bench
