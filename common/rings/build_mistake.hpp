// Mistakes that are made in a copy of the post, for its build to find.
#pragma once

#include "process/process.hpp"

#include <filesystem>
#include <ostream>
#include <string>

namespace bench {

struct Mistake {
    std::string name;
    std::filesystem::path file;
    std::string right; // occurs in the file; its first occurrence is replaced
    std::string wrong;
    std::string message; // what the build must print

    friend std::ostream& operator<<(std::ostream& stream, const Mistake& mistake) {
        return stream << mistake.name;
    }
};

// Copies the kernel's sources, with what has been compiled of them, and makes the mistake in the
// copy. Records the Makefile, boot/ and the changed file as the test's inputs (post_file): the
// build's message depends on nothing else in the kernel.
void copy_post_with(const Mistake& mistake, const std::filesystem::path& target);

// Links the copied kernel. `setting` is an assignment for the command line of make, such as
// "CI=true"; the default changes nothing.
Finished build_copy(const std::filesystem::path& copy, const std::string& setting = "V=");

// Fails the test unless the copy builds without the mistake, and with it stops with the message.
void expect_build_to_name(const Mistake& mistake);

} // namespace bench
