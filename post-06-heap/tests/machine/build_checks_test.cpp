// The build refuses images that would only show a reboot loop. Each case makes one mistake in a
// copy of this post and expects the build to name it.

#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

struct Mistake {
    std::string name;
    fs::path file;
    std::string right; // stands in the file once or more; the first is replaced
    std::string wrong;
    std::string message; // the build's last word

    friend std::ostream& operator<<(std::ostream& stream, const Mistake& mistake) {
        return stream << mistake.name;
    }
};

void make_mistake(const fs::path& file, const Mistake& mistake) {
    std::stringstream content;
    content << std::ifstream{file}.rdbuf();
    std::string text = content.str();
    const std::size_t place = text.find(mistake.right);
    ASSERT_NE(place, std::string::npos) << mistake.file << " has changed: adapt this test";
    text.replace(place, mistake.right.size(), mistake.wrong);
    std::ofstream{file} << text;
}

// The sources and what has been compiled of them, with their times.
void copy_post(const fs::path& target) {
    const std::string build = fs::relative(post_build(), post_folder());
    for (const std::string& part : {std::string{"boot"}, std::string{"kernel"},
                                    std::string{"Makefile"}, build + "/boot", build + "/kernel"}) {
        fs::create_directories((target / part).parent_path());
        ASSERT_EQ(run({"cp", "-a", post_folder() / part, target / part}).exit_code, 0) << part;
    }
}

Finished build(const fs::path& folder, const std::string& setting = "V=") {
    const std::string image = fs::relative(post_build(), post_folder()) / "kernel.elf";
    return run({"make", "-C", folder, image, setting});
}

class BuildChecks : public testing::TestWithParam<Mistake> {};

TEST_P(BuildChecks, NameTheMistake) {
    const TemporaryFolder folder;
    copy_post(folder.path());
    ASSERT_EQ(build(folder.path()).exit_code, 0) << "does not build even without a mistake";
    make_mistake(folder.path() / GetParam().file, GetParam());
    const Finished finished = build(folder.path());
    EXPECT_NE(finished.exit_code, 0);
    EXPECT_NE(finished.output.find(GetParam().message), std::string::npos) << finished.output;
}

const Mistake mistakes[] = {
    {"HeaderMagic", "boot/multiboot2_header.asm", "0xE85250D6", "0xE85250D7",
     "GRUB does not find a multiboot2 header"},
    {"HeaderChecksum", "boot/multiboot2_header.asm", "dd -(MAGIC", "dd 1-(MAGIC",
     "GRUB does not find a multiboot2 header"},
    {"CodeEndsInsideAPage", "boot/linker.ld", "    . = ALIGN(4K);\n    code_end", "    code_end",
     "a part shares a page with another"},
    {"ConstantsEndInsideAPage", "boot/linker.ld", "    . = ALIGN(4K);\n    rodata_end",
     "    rodata_end", "a part shares a page with another"},
    {"HeaderDiscarded", "boot/linker.ld", "KEEP(*(.multiboot2_header))", "",
     "GRUB does not find a multiboot2 header"},
    {"HeaderTooFarBack", "boot/linker.ld", "multiboot2_header = .;",
     ". += 36K; multiboot2_header = .;", "not within the file's first 32 KiB"},
    {"TablesNotAligned", "boot/page_tables.asm", "level4_table: resq",
     "resb 16\nlevel4_table: resq", "a page table is not page aligned"},
    {"StackUpsideDown", "boot/stacks.asm",
     "kernel_stack_bottom:\n    resb STACK_SIZE\nkernel_stack_top:",
     "kernel_stack_top:\n    resb STACK_SIZE\nkernel_stack_bottom:", "the stack is upside down"},
    {"GuardOfOnePage", "boot/stacks.asm", "2 * PAGE_SIZE", "PAGE_SIZE",
     "guard is not the two pages below it"},
    {"StackNotAligned", "boot/stacks.asm", "32 * 1024", "32 * 1024 + 8",
     "the stack is not 16-byte aligned"},
    {"ImageTooLarge", "boot/stacks.asm", "32 * 1024", "2048 * 1024", "reaches beyond 2 MiB"},
    {"VectorRegister", "kernel/interrupts/entry.asm", "    push rax\n",
     "    push rax\n    movaps xmm0, xmm1\n", "that an interrupt would destroy"},
    {"FloatingPointInstruction", "kernel/interrupts/entry.asm", "    push rax\n",
     "    push rax\n    fld1\n", "that an interrupt would destroy"},
    {"MmxRegister", "kernel/interrupts/entry.asm", "    push rax\n",
     "    push rax\n    paddb mm0, mm1\n", "that an interrupt would destroy"},
    {"DeleteWithoutSize", "kernel/main.cpp", "    initialize_segments();\n",
     "    initialize_segments();\n    operator delete(static_cast<void*>(nullptr));\n",
     "undefined reference to `operator delete(void*)'"},
    {"UnorderedMap", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
     "#include <unordered_map>\nstd::unordered_map<int, int> hashed{};\n"
     "bool added = hashed.emplace(1, 2).second;\nextern \"C\" [[noreturn]]",
     "undefined reference to `std::__detail::_Prime_rehash_policy::"},
    {"List", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
     "#include <list>\nstd::list<int> linked(3);\nextern \"C\" [[noreturn]]",
     "undefined reference to `std::__detail::_List_node_base::_M_hook"},
    {"RedZone", "kernel/interrupts/entry.asm", "    push rax\n",
     "    push rax\n    mov [rsp - 8], rax\n", "that an interrupt would destroy"},
    {"RedZoneRead", "kernel/interrupts/entry.asm", "    push rax\n",
     "    push rax\n    push qword [rsp - 16]\n", "that an interrupt would destroy"},
    {"ThreadLocal", "kernel/main.cpp", "    initialize_console();\n",
     "    initialize_console();\n    static thread_local volatile int mine;\n    mine = mine + "
     "1;\n",
     "thread_local: there are no threads"},
    {"Stream", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
     "#include <iostream>\nstd::ostream& written = std::cout.put('!');\nextern \"C\" [[noreturn]]",
     "undefined reference to `std::cout'"},
    {"WideString", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
     "#include <string>\nstd::wstring wide(100, L'w');\nextern \"C\" [[noreturn]]", "<wchar_t"},
};

INSTANTIATE_TEST_SUITE_P(Ring1, BuildChecks, testing::ValuesIn(mistakes),
                         [](const auto& info) { return info.param.name; });

// LEA below RSP touches no memory: this is how g++ begins a large frame.
TEST(BuildCheck, LetsAnAddressBelowRspBeComputed) {
    const TemporaryFolder folder;
    copy_post(folder.path());
    make_mistake(folder.path() / "kernel/interrupts/entry.asm",
                 {"", "", "    push rax\n", "    push rax\n    lea r11, [rsp - 0xA000]\n", ""});
    const Finished finished = build(folder.path());
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
}

class Warning : public testing::TestWithParam<Mistake> {};

TEST_P(Warning, IsShownAndIsAnErrorOnlyWhereWeTest) {
    const TemporaryFolder folder;
    copy_post(folder.path());
    make_mistake(folder.path() / GetParam().file, GetParam());
    const Finished strict = build(folder.path(), "CI=true");
    EXPECT_NE(strict.exit_code, 0) << strict.output;
    const Finished finished = build(folder.path(), "CI=");
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_NE(finished.output.find(GetParam().message), std::string::npos) << finished.output;
}

const Mistake warnings[] = {
    {"Compiler", "kernel/main.cpp", "    initialize_console();\n",
     "    initialize_console();\n    int nowhere_used;\n", "warning: unused variable"},
    {"Assembler", "boot/entry.asm", "db \"not loaded", "db 300, \"not loaded", "warning: "},
    {"Linker", "boot/linker.ld", "FLAGS(6)", "FLAGS(7)", "RWX permissions"},
};

INSTANTIATE_TEST_SUITE_P(Ring1, Warning, testing::ValuesIn(warnings),
                         [](const auto& info) { return info.param.name; });

// Each of the flags below makes other code of this.
constexpr const char* sensitive = R"(
#include <array>
#include <cstdint>
#include <cstring>
extern char elsewhere[];
std::uint64_t sensitive(const std::array<std::uint64_t, 8>& words, const char* text, unsigned n) {
    char copy[16];
    std::memcpy(copy, text, n);
    elsewhere[0] = copy[n];
    return words[n] << n;
}
char* address() {
    return elsewhere;
}
)";

// Its object file, without what is there for debuggers.
std::string compiled_with(const std::string& compiler) {
    const TemporaryFolder folder;
    copy_post(folder.path());
    std::ofstream{folder.path() / "sensitive.cpp"} << sensitive;
    const Finished made = run({"make", "-C", folder.path(), "BUILD=build/fresh", "CXX=" + compiler,
                               "build/fresh/sensitive.cpp.o"});
    EXPECT_EQ(made.exit_code, 0) << made.output;
    const fs::path object = folder.path() / "build/fresh/sensitive.cpp.o";
    EXPECT_EQ(run({"strip", "-g", object}).exit_code, 0);
    std::stringstream content;
    content << std::ifstream{object}.rdbuf();
    return content.str();
}

TEST(Flags, LeaveNothingToTheDefaultsOfADistribution) {
    const std::string plain = compiled_with("g++");
    EXPECT_FALSE(plain.empty());
    for (const std::string others :
         {"-fstack-protector-all", "-fcf-protection=full", "-fPIE -pie", "-fno-pie -no-pie",
          "-march=x86-64-v3", "-O2 -D_FORTIFY_SOURCE=2", "-D_GLIBCXX_ASSERTIONS",
          "-fasynchronous-unwind-tables", "-fno-asynchronous-unwind-tables"}) {
        EXPECT_TRUE(compiled_with("g++ " + others) == plain) << others;
    }
}

} // namespace
