// The medium that a machine boots from.
#pragma once

#include <filesystem>

namespace bench {

class Boot {
public:
    enum class Medium { iso, disk };

    static Boot iso(std::filesystem::path image) { return Boot{Medium::iso, std::move(image)}; }

    // A raw image of a hard disk of any size. The machine's writes do not change the image.
    static Boot disk(std::filesystem::path image) { return Boot{Medium::disk, std::move(image)}; }

    Medium medium() const { return medium_; }
    const std::filesystem::path& image() const { return image_; }

private:
    Boot(Medium medium, std::filesystem::path image) : medium_{medium}, image_{std::move(image)} {}

    Medium medium_;
    std::filesystem::path image_;
};

} // namespace bench
