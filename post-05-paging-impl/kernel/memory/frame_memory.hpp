// How one gets at the bytes of a frame, whatever they hold: the kernel through the virtual address
// that the frame is mapped to, a test through memory of its own.
#pragma once

#include "memory/page.hpp"

#include <concepts>
#include <cstdint>

namespace kernel {

// The pointer is to the first of the frame's 512 words.
template <typename T>
concept FrameMemory = requires(const T& memory, Frame<> frame) {
    { memory.words_in(frame) } -> std::same_as<std::uint64_t*>;
};

} // namespace kernel
