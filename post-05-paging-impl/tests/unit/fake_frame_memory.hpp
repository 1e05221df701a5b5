// Physical memory for tests: a frame exists from its first access on.
#pragma once

#include "memory/region_frame_allocator.hpp"

#include <array>
#include <cstdint>
#include <map>

// All copies share one memory. A new frame is not filled with zeros.
class FakeFrameMemory {
public:
    using Words = std::array<std::uint64_t, 512>;
    using Frames = std::map<kernel::Frame<>, Words>;

    explicit FakeFrameMemory(Frames& frames) : frames_{&frames} {}

    std::uint64_t* words_in(kernel::Frame<> frame) const {
        const auto [place, is_new] = frames_->try_emplace(frame);
        if (is_new) {
            place->second.fill(0xE5E5'E5E5'E5E5'E5E5);
        }
        return place->second.data();
    }

private:
    Frames* frames_;
};

static_assert(kernel::FrameMemory<FakeFrameMemory>);
