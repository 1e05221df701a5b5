#include "rings/post_under_test.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace bench {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) {
        throw std::runtime_error{std::string{name} + " is not set: start this through make test"};
    }
    return value;
}

// Names are relative to the post's folder.
void note(const std::filesystem::path& name) {
    std::ofstream{variable("TEST_INPUTS"), std::ios::app} << name.string() << '\n';
}

} // namespace

std::filesystem::path post_folder_unnoted() {
    return std::filesystem::absolute(variable("POST"));
}

std::filesystem::path post_folder() {
    note(".");
    return post_folder_unnoted();
}

std::string build_name() {
    return variable("POST_BUILD");
}

std::filesystem::path common_folder() {
    return std::filesystem::absolute(variable("COMMON"));
}

std::filesystem::path post_file(std::string_view name) {
    note(name);
    return post_folder_unnoted() / name;
}

std::filesystem::path post_built(std::string_view name) {
    return post_file((build_name() + "/").append(name));
}

// What was put into an image is noted, and not the image, in which there are dates.
std::filesystem::path post_image(std::string_view name) {
    const std::filesystem::path files = post_built(std::string{name} + ".files");
    const std::filesystem::path image = std::filesystem::path{files}.replace_extension(".iso");
    if (!std::filesystem::exists(image)) {
        throw std::runtime_error{image.string() + " has not been built"};
    }
    return image;
}

std::vector<std::string> names_in_post(std::string_view name, std::string_view ending) {
    std::vector<std::string> names;
    const std::filesystem::path folder = post_folder_unnoted() / name;
    if (std::filesystem::exists(folder)) {
        for (const auto& file : std::filesystem::directory_iterator{folder}) {
            if (file.path().extension() == ending) {
                names.push_back(file.path().stem());
            }
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string as_test_name(std::string name) {
    std::ranges::replace(name, '-', '_');
    return name;
}

} // namespace bench
