// Any bytes as boot information are either refused or read without harm.
//
// Each input is tried twice: unchanged, and with the right total size and end tag. Otherwise almost
// every change that the fuzzer makes would only break these again.
#include "fuzz_input.hpp"
#include "memory/boot_information.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

namespace {

using namespace kernel;

using Bytes = std::span<const std::byte>;

void check(Bytes bytes) {
    const auto address = reinterpret_cast<std::uint64_t>(bytes.data());
    const auto information = read_boot_information(address, address + bytes.size());
    if (!information) {
        require(!describe(information.error()).empty(), "every error has its words");
        return;
    }
    const std::string_view name = information->boot_loader_name;
    if (name.data() != nullptr) {
        const auto* const first = reinterpret_cast<const char*>(bytes.data());
        require(name.data() >= first + 16, "the name starts behind a tag's type and size");
        require(name.data() + name.size() + 8 < first + bytes.size(), "its NUL is before the end");
        require(name.data()[name.size()] == '\0', "it is followed by its NUL");
        require(name.find('\0') == name.npos, "it holds no other");
    }
    const auto is_in = [](const FrameSet& frames, std::uint64_t byte) {
        return frames.contains(Frame<>::containing(PhysicalAddress::truncated(byte)));
    };
    std::uint32_t total_size = 0;
    std::memcpy(&total_size, bytes.data(), sizeof(total_size));
    const FrameSet free = free_frames(*information, {});
    require(!is_in(free, address) && !is_in(free, address + total_size - 1), "its own is not free");
    int runs = 0;
    for (PhysicalRange run = free.run_from(0); !run.is_empty(); run = free.run_from(run.end)) {
        require(run.start >= 1 << 20 && run.end <= largest_memory, "free frames are within limits");
        require(is_in(information->memory, run.start), "free frames are memory");
        require(++runs < 10'000, "the runs come to an end");
    }
}

void put_frame_right(std::span<std::byte> bytes) {
    const auto total_size = static_cast<std::uint32_t>(bytes.size());
    constexpr std::uint32_t end_tag[] = {0, 8};
    std::memcpy(bytes.data(), &total_size, sizeof(total_size));
    std::memcpy(bytes.last(sizeof(end_tag)).data(), end_tag, sizeof(end_tag));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // In memory that is exactly as large: AddressSanitizer finds every read beyond the end.
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
