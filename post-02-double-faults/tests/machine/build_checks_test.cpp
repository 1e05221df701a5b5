// The build refuses an image that could only show a reboot loop, and names the mistake.

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "process/process.hpp"
#include "rings/build_mistake.hpp"
#include "rings/post_under_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace {

using namespace bench;
namespace fs = std::filesystem;

class BuildChecks : public testing::TestWithParam<Mistake> {};

TEST_P(BuildChecks, NameTheMistake) {
    expect_build_to_name(GetParam());
}

const Mistake mistakes[] = {
    {"HeaderMagic", "boot/multiboot2_header.asm", "0xE85250D6", "0xE85250D7",
     "GRUB does not find a multiboot2 header"},
    {"HeaderChecksum", "boot/multiboot2_header.asm", "dd -(MAGIC", "dd 1-(MAGIC",
     "GRUB does not find a multiboot2 header"},
    {"HeaderDiscarded", "boot/linker.ld", "KEEP(*(.multiboot2_header))", "",
     "GRUB does not find a multiboot2 header"},
    {"HeaderTooFarBack", "boot/linker.ld", "multiboot2_header = .;",
     ". += 36K; multiboot2_header = .;", "not within the file's first 32 KiB"},
    {"TablesNotAligned", "boot/page_tables.asm", "level4_table: resq",
     "resb 16\nlevel4_table: resq", "a page table is not page aligned"},
    {"StackUpsideDown", "boot/stacks.asm",
     "kernel_stack_bottom:\n    resb STACK_SIZE\nkernel_stack_top:",
     "kernel_stack_top:\n    resb STACK_SIZE\nkernel_stack_bottom:", "the stack is upside down"},
    {"StackNotAligned", "boot/stacks.asm", "32 * 1024", "32 * 1024 + 8",
     "the stack is not 16-byte aligned"},
    {"ImageTooLarge", "boot/stacks.asm", "32 * 1024", "2048 * 1024", "reaches beyond 2 MiB"},
    {"VectorRegister", "kernel/interrupts/stubs.asm", "    push rax\n",
     "    push rax\n    movaps xmm0, xmm1\n", "that an interrupt would destroy"},
    {"FloatingPointInstruction", "kernel/interrupts/stubs.asm", "    push rax\n",
     "    push rax\n    fld1\n", "that an interrupt would destroy"},
    {"MmxRegister", "kernel/interrupts/stubs.asm", "    push rax\n",
     "    push rax\n    paddb mm0, mm1\n", "that an interrupt would destroy"},
    {"RedZone", "kernel/interrupts/stubs.asm", "    push rax\n",
     "    push rax\n    mov [rsp - 8], rax\n", "that an interrupt would destroy"},
    {"RedZoneRead", "kernel/interrupts/stubs.asm", "    push rax\n",
     "    push rax\n    push qword [rsp - 16]\n", "that an interrupt would destroy"},
    {"ThreadLocal", "kernel/main.cpp", "    initialize_console();\n",
     "    initialize_console();\n    static thread_local volatile int mine;\n    mine = mine + "
     "1;\n",
     "thread_local: there are no threads"},
    {"NothingToLookAt", "boot/linker.ld", ".text : ALIGN(4K)", ".code : ALIGN(4K)",
     "'.text' mentioned in a -j option, but not found"},
    {"Stream", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
     "#include <iostream>\nstd::ostream& written = std::cout.put('!');\nextern \"C\" [[noreturn]]",
     "undefined reference to `std::cout'"},
};

INSTANTIATE_TEST_SUITE_P(Ring1, BuildChecks, testing::ValuesIn(mistakes),
                         [](const auto& info) { return info.param.name; });

// LEA below RSP touches no memory: this is how g++ begins a large frame.
TEST(BuildCheck, LetsAnAddressBelowRspBeComputed) {
    const TemporaryFolder folder;
    copy_post_with({"", "kernel/interrupts/stubs.asm", "    push rax\n",
                    "    push rax\n    lea r11, [rsp - 0xA000]\n", ""},
                   folder.path());
    const Finished finished = build_copy(folder.path());
    EXPECT_EQ(finished.exit_code, 0) << finished.output;
}

// No list of files shows that one has been removed; the time of its folder does.
TEST(BuildCheck, MissesASourceThatIsGone) {
    const TemporaryFolder folder;
    copy_post_with({"", "kernel/main.cpp", "// ", "//  ", ""}, folder.path());
    ASSERT_EQ(build_copy(folder.path()).exit_code, 0);
    fs::remove(folder.file("kernel/runtime/constructors.cpp"));
    const Finished finished = build_copy(folder.path());
    EXPECT_NE(finished.exit_code, 0);
    EXPECT_NE(finished.output.find("undefined reference to `run_constructors'"), std::string::npos)
        << finished.output;
}

class Warning : public testing::TestWithParam<Mistake> {};

TEST_P(Warning, IsShownAndIsAnErrorOnlyWhereWeTest) {
    const TemporaryFolder folder;
    copy_post_with(GetParam(), folder.path());
    const Finished strict = build_copy(folder.path(), "CI=true");
    EXPECT_NE(strict.exit_code, 0) << strict.output;
    const Finished finished = build_copy(folder.path(), "CI=");
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_NE(finished.output.find(GetParam().message), std::string::npos) << finished.output;
}

const Mistake warnings[] = {
    {"Compiler", "kernel/runtime/memory_functions.cpp", "extern \"C\" {",
     "static int used_nowhere() { return 0; }\nextern \"C\" {", "warning: "},
    {"Assembler", "boot/entry.asm", "message_loader:    db", "message_loader:    db 300,",
     "warning: "},
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

// The object file that the Makefile alone makes of it, without debug information.
std::string compiled_with(const std::string& compiler) {
    const TemporaryFolder folder;
    fs::copy(post_file("Makefile"), folder.path());
    write_file(folder.file("sensitive.cpp"), sensitive);
    const Finished made = run(
        {"make", "-C", folder.path(), "BUILD=build", "CXX=" + compiler, "build/sensitive.cpp.o"});
    EXPECT_EQ(made.exit_code, 0) << made.output;
    const fs::path object = folder.file("build/sensitive.cpp.o");
    EXPECT_EQ(run({"strip", "-g", object}).exit_code, 0);
    return read_file(object);
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
