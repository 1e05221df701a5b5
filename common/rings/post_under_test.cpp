#include "rings/post_under_test.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) {
        throw std::runtime_error{std::string{name} + " is not set: start this through make test"};
    }
    return value;
}

} // namespace

std::filesystem::path post_folder() {
    return std::filesystem::absolute(variable("POST"));
}

std::filesystem::path post_build() {
    return post_folder() / variable("POST_BUILD");
}

std::filesystem::path post_image(std::string_view name) {
    const std::filesystem::path image = post_build() / (std::string{name} + ".iso");
    if (!std::filesystem::exists(image)) {
        throw std::runtime_error{image.string() + " has not been built"};
    }
    return image;
}

} // namespace bench
