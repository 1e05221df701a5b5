// What the mapper needs from a frame allocator.
#pragma once

#include "memory/page.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace kernel {

enum class FreeError : std::uint8_t {
    not_allocated, // the allocator never handed it out
    already_free,
};

constexpr std::string_view describe(FreeError error) {
    constexpr std::array<std::string_view, 2> words{
        "the frame was never allocated",
        "the frame is free already",
    };
    return words[static_cast<std::size_t>(error)];
}

// The contents of a frame that is handed out are unspecified.
template <typename T>
concept FrameAllocator = requires(T& frames, Frame<> frame) {
    { frames.allocate() } -> std::same_as<std::optional<Frame<>>>; // nothing: out of frames
    { frames.free(frame) } -> std::same_as<std::expected<void, FreeError>>;
    { frames.free_count() } -> std::same_as<std::uint64_t>; // how many can still be allocated
};

// Never has a frame: shows what happens when none are left.
struct NoFrames {
    static std::optional<Frame<>> allocate() { return std::nullopt; }
    static std::expected<void, FreeError> free(Frame<>) {
        return std::unexpected{FreeError::not_allocated};
    }
    static std::uint64_t free_count() { return 0; }
};

static_assert(FrameAllocator<NoFrames>);

} // namespace kernel
