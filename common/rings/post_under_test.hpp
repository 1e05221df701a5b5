// The post that the running test program is for, and its files.
//
// The runner sets these variables:
//   POST         the post's folder
//   POST_BUILD   the build in it, as "build/g++-O2"
//   COMMON       the folder common/
//   JUDGE        the program that boots and judges a kernel, see judge.cpp
//   BOOT_SECTORS the folder of the boot sectors, see machine/tests/boot_sector.hpp
//   TEST_INPUTS  a file in which each file of the post that a test asks for is noted. A test that
//                has passed is not run again while those files stay the same: so a test must reach
//                the post's files through these functions alone.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// All functions return absolute paths, and throw std::runtime_error if a variable is missing.

// The post's folder. Notes all files in it but what was built.
std::filesystem::path post_folder();

// The folder, for files that have no influence on a test's result or are noted otherwise.
std::filesystem::path post_folder_unnoted();

// The build in the post's folder that is tested, as "build/g++-O2".
std::string build_name();

// The folder common/.
std::filesystem::path common_folder();

// A source file, or a folder of them: "run.sh", "boot".
std::filesystem::path post_file(std::string_view name);

// A file in the build: "kernel.elf".
std::filesystem::path post_built(std::string_view name);

// A bootable image by its name in the build: "kernel", "tests/kernel/breakpoint".
// Throws std::runtime_error if it has not been built.
std::filesystem::path post_image(std::string_view name);

// The names, without the ending, of the files in a folder that have it, sorted; none if there is no
// such folder. Without an ending they are those of the folders in it. To name tests after: this
// notes nothing.
std::vector<std::string> names_in_post(std::string_view folder, std::string_view ending = ".cpp");

// A file's name as part of a test's: GoogleTest accepts no '-'.
std::string as_test_name(std::string name);

} // namespace bench
