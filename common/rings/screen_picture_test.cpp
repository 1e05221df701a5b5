// Ring 4: the picture of a post's screen in docs/figures shows what the kernel shows. Compared is
// the text beside the picture, which make figures writes together with it.

#include "figures/screen_picture.hpp"
#include "machine/machine.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace bench;

TEST(ScreenPicture, ShowsWhatTheKernelShows) {
    const std::string post = post_folder_unnoted().filename().string().substr(0, 7); // "post-01"
    std::ifstream file{post_file("../docs/figures/" + post + "-screen.txt")};
    ASSERT_TRUE(file) << "there is no docs/figures/" << post << "-screen.txt: run make figures";
    const std::string stored{std::istreambuf_iterator<char>{file}, {}};

    Machine machine{Boot::iso(post_image("kernel"))};
    wait_until_screen_is_complete(machine);
    EXPECT_EQ(text_for_picture(machine.screen()), stored)
        << "docs/figures/" << post
        << "-screen.png is no longer the kernel's screen: run make figures";
}

} // namespace
