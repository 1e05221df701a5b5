// libFuzzer's inputs as boot information: whatever they are, they are refused or safe to read.
//
// Each input is tried twice: as it is, and with its frame put right, its total size and its end
// tag. Otherwise almost every change that the fuzzer makes would only break the frame again.
#include "boot/boot_information.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace {

using namespace kernel;

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

using Bytes = std::span<const std::byte>;

void check_string(std::string_view string, Bytes bytes) {
    if (string.data() == nullptr) {
        return; // there is no such tag
    }
    const auto* const first = reinterpret_cast<const char*>(bytes.data());
    const auto* const end_tag = first + bytes.size() - sizeof(BootTagHeader);
    require(string.data() >= first + 16, "a string starts behind a tag's type and size");
    require(string.data() + string.size() < end_tag, "its NUL lies in front of the end tag");
    require(string.data()[string.size()] == '\0', "a string is followed by its NUL");
    require(std::find(string.begin(), string.end(), '\0') == string.end(), "it holds no other");
}

void check_memory_map(const MemoryMap& map, Bytes bytes) {
    std::size_t count = 0;
    for (const MemoryRegion region : map) {
        require(region.length == 0 || region.start + (region.length - 1) >= region.start,
                "a region does not wrap");
        require(region.type == memory_type(static_cast<std::uint32_t>(region.type)),
                "a region's type is one of the five");
        ++count;
    }
    require(count == map.size(), "the map has as many regions as it says");
    require(map.empty() == (count == 0), "an empty map has none");
    require(count <= bytes.size() / 24, "there is room for all regions");
}

void check_modules(const Modules& modules, Bytes bytes) {
    std::size_t count = 0;
    for (const Module module : modules) {
        require(module.start <= module.end, "a module ends behind its start");
        require(module.command_line.data() != nullptr, "a module has a command line");
        check_string(module.command_line, bytes);
        ++count;
    }
    require(count <= bytes.size() / 24, "there is room for all modules");
}

void check_everything(const BootInformation& information, Bytes given) {
    const Bytes bytes = information.span();
    require(bytes.data() == given.data() && bytes.size() <= given.size(), "it lies at the start");
    require(bytes.size() == information.size(), "it has one size");
    require(bytes.size() >= 16 && bytes.size() % 8 == 0, "there is room for header and end tag");
    check_string(information.command_line(), bytes);
    check_string(information.boot_loader_name(), bytes);
    check_memory_map(information.memory_map(), bytes);
    check_modules(information.modules(), bytes);
    require(BootInformation::parse(bytes).has_value(), "what it says it is can be read again");
}

void check(Bytes bytes) {
    const auto information = BootInformation::parse(bytes);
    const auto address = reinterpret_cast<std::uint64_t>(bytes.data());
    const auto same = BootInformation::at(address, address + bytes.size());
    require(information.has_value() == same.has_value(), "both ways to it agree");
    if (information) {
        check_everything(*information, bytes);
    } else {
        require(information.error() == same.error(), "both ways to it name the same error");
        require(describe(information.error()) != "unknown error", "every error has its words");
    }
}

void put_frame_right(std::span<std::byte> bytes) {
    const auto total_size = static_cast<std::uint32_t>(bytes.size());
    const BootTagHeader end{BootTagType::end, sizeof(BootTagHeader)};
    std::memcpy(bytes.data(), &total_size, sizeof(total_size));
    std::memcpy(bytes.last(sizeof(end)).data(), &end, sizeof(end));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Memory of its own, exactly as large: AddressSanitizer notices the first byte too far.
    const std::unique_ptr<std::byte[]> memory{new std::byte[size]};
    const std::span<std::byte> bytes{memory.get(), size};
    std::copy_n(reinterpret_cast<const std::byte*>(data), size, bytes.begin());
    check(bytes);
    if (size >= 16) {
        const std::size_t whole_words = size / 8 * 8;
        const std::unique_ptr<std::byte[]> framed{new std::byte[whole_words]};
        const std::span<std::byte> straight{framed.get(), whole_words};
        std::copy_n(bytes.begin(), whole_words, straight.begin());
        put_frame_right(straight);
        check(straight);
    }
    return 0;
}
