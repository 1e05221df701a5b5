// Ring 4: the pictures of screens in docs/figures show what the kernels show. Compared is the text
// beside each picture, which make figures writes together with it.

#include "figures/screen_picture.hpp"
#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

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

TEST(ScreenPicture, ShowsWhatTheKernelShows) {
    const std::string post = post_folder_unnoted().filename().string().substr(0, 7); // "post-01"
    expect_the_screen_of("kernel", post + "-screen");
}

// A picture of a panic is that of a test kernel, in every post that has this kernel.
struct PanicPicture {
    std::string kernel;
    std::string picture;
};

std::vector<PanicPicture> panic_pictures() {
    std::vector<PanicPicture> pictures{{"panic", "panic-screen"},
                                       {"heap_freed_twice", "heap-panic-screen"}};
    const auto kernels = names_in_post("tests/kernel/expected_failures");
    std::erase_if(pictures, [&](const PanicPicture& each) {
        return std::find(kernels.begin(), kernels.end(), each.kernel) == kernels.end();
    });
    return pictures;
}

class PictureOfAPanic : public testing::TestWithParam<PanicPicture> {};

TEST_P(PictureOfAPanic, ShowsWhatTheKernelShows) {
    expect_the_screen_of("tests/kernel/expected_failures/" + GetParam().kernel, GetParam().picture);
}

INSTANTIATE_TEST_SUITE_P(Ring4, PictureOfAPanic, testing::ValuesIn(panic_pictures()),
                         [](const auto& info) { return info.param.kernel; });

} // namespace
