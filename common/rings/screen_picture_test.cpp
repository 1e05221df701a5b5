// Ring 4: the pictures of screens in docs/figures show what the kernels show. Compared is the text
// beside each picture, which make figures writes together with it.

#include "figures/screen_picture.hpp"
#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace bench;

void expect_the_screen_of(const std::string& image, const std::string& picture) {
    std::ifstream file{post_file("../docs/figures/" + picture + ".txt")};
    ASSERT_TRUE(file) << "there is no docs/figures/" << picture << ".txt: run make figures";
    const std::string stored{std::istreambuf_iterator<char>{file}, {}};

    Machine machine{Boot::iso(post_image(image))};
    wait_until_screen_is_complete(machine);
    EXPECT_EQ(text_for_picture(machine.screen()), stored)
        << "docs/figures/" << picture << ".png is no longer the screen of " << image
        << ": run make figures";
}

std::string post() {
    return post_folder_unnoted().filename().string().substr(0, 7); // "post-01"
}

TEST(ScreenPicture, ShowsWhatTheKernelShows) {
    expect_the_screen_of("kernel", post() + "-screen");
}

TEST(ScreenPicture, ShowsWhatAPanicShows) {
    // Two posts have such a picture, each of one of its test kernels.
    if (post() == "post-01") {
        expect_the_screen_of("tests/kernel/expected_failures/panic", "panic-screen");
    } else if (post() == "post-06") {
        expect_the_screen_of("tests/kernel/expected_failures/heap_freed_twice",
                             "heap-panic-screen");
    }
}

} // namespace
