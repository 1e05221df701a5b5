// The post that the running test program is for. Its runner says so in two variables:
// POST, the post's folder, and POST_BUILD, where in it the build lies ("build/g++-O2").
#pragma once

#include <filesystem>
#include <string_view>

namespace bench {

// Absolute. Throws std::runtime_error if nobody has said which post it is.
std::filesystem::path post_folder();
std::filesystem::path post_build();

// A bootable image by its name in the build: "kernel", "tests/kernel/breakpoint".
// Throws std::runtime_error if it has not been built.
std::filesystem::path post_image(std::string_view name);

} // namespace bench
