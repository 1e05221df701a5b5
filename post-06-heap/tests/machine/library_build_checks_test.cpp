// The build refuses calls of library functions that the kernel does not have.

#include "rings/build_mistake.hpp"

#include <gtest/gtest.h>

namespace {

using namespace bench;

TEST(LibraryBuildCheck, NamesADeleteWithoutASize) {
    expect_build_to_name({"Delete", "kernel/main.cpp", "    initialize_segments();\n",
                          "    initialize_segments();\n"
                          "    operator delete(static_cast<void*>(nullptr));\n",
                          "undefined reference to `operator delete(void*)'"});
}

TEST(LibraryBuildCheck, NamesAnUnorderedMap) {
    expect_build_to_name({"UnorderedMap", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
                          "#include <unordered_map>\n"
                          "std::unordered_map<int, int> hashed{};\n"
                          "bool added = hashed.emplace(1, 2).second;\n"
                          "extern \"C\" [[noreturn]]",
                          "undefined reference to `std::__detail::_Prime_rehash_policy::"});
}

TEST(LibraryBuildCheck, NamesAList) {
    expect_build_to_name({"List", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
                          "#include <list>\n"
                          "std::list<int> linked(3);\n"
                          "extern \"C\" [[noreturn]]",
                          "undefined reference to `std::__detail::_List_node_base::_M_hook"});
}

TEST(LibraryBuildCheck, NamesAWideString) {
    expect_build_to_name({"WideString", "kernel/main.cpp", "extern \"C\" [[noreturn]]",
                          "#include <string>\n"
                          "std::wstring wide(100, L'w');\n"
                          "extern \"C\" [[noreturn]]",
                          "<wchar_t"});
}

} // namespace
