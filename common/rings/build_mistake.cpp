#include "rings/build_mistake.hpp"

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

namespace bench {
namespace {

namespace fs = std::filesystem;

void copy_post(const fs::path& target) {
    for (const std::string& part :
         {std::string{"boot"}, std::string{"kernel"}, std::string{"Makefile"},
          build_name() + "/boot", build_name() + "/kernel"}) {
        fs::create_directories((target / part).parent_path());
        const fs::path source = post_folder_unnoted() / part; // with its times, for make
        ASSERT_EQ(run({"cp", "-a", source, target / part}).exit_code, 0) << part;
    }
}

void make_mistake(const fs::path& folder, const Mistake& mistake) {
    for (const std::string& found_by :
         {std::string{"Makefile"}, std::string{"boot"}, mistake.file.string()}) {
        post_file(found_by);
    }
    std::string text = read_file(folder / mistake.file);
    const std::size_t place = text.find(mistake.right);
    ASSERT_NE(place, std::string::npos) << mistake.file << " has changed: adapt this test";
    text.replace(place, mistake.right.size(), mistake.wrong);
    write_file(folder / mistake.file, text);
}

} // namespace

void copy_post_with(const Mistake& mistake, const fs::path& target) {
    copy_post(target);
    make_mistake(target, mistake);
}

Finished build_copy(const fs::path& copy, const std::string& setting) {
    return run({"make", "-C", copy, build_name() + "/kernel.elf", setting});
}

void expect_build_to_name(const Mistake& mistake) {
    const TemporaryFolder folder;
    copy_post(folder.path());
    ASSERT_EQ(build_copy(folder.path()).exit_code, 0) << "does not build without the mistake";
    make_mistake(folder.path(), mistake);
    const Finished finished = build_copy(folder.path());
    EXPECT_NE(finished.exit_code, 0);
    EXPECT_NE(finished.output.find(mistake.message), std::string::npos) << finished.output;
}

} // namespace bench
