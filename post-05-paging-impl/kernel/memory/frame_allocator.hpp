// Who hands out frames, one at a time, and takes them back.
#pragma once

#include "memory/page.hpp"

#include <concepts>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace kernel {

enum class FreeError : std::uint8_t {
    not_allocated, // the allocator has never handed it out
    already_free,
};

constexpr std::string_view describe(FreeError error) {
    switch (error) {
    case FreeError::not_allocated:
        return "the frame was never allocated";
    case FreeError::already_free:
        return "the frame is free already";
    }
    return "unknown error";
}

// A frame that is handed out may hold anything: whoever needs zeros writes them.
template <typename T>
concept FrameAllocator = requires(T& frames, Frame<> frame) {
    { frames.allocate() } -> std::same_as<std::optional<Frame<>>>; // nothing: out of frames
    { frames.free(frame) } -> std::same_as<std::expected<void, FreeError>>;
};

// Never has a frame: to see what others do when there are none left.
struct NoFrames {
    [[nodiscard]] constexpr std::optional<Frame<>> allocate() { return std::nullopt; }
    [[nodiscard]] constexpr std::expected<void, FreeError> free(Frame<>) {
        return std::unexpected{FreeError::not_allocated};
    }
};

static_assert(FrameAllocator<NoFrames>);

} // namespace kernel
