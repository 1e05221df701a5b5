// Blocks that have come back and wait before their memory is used again: a queue.
#pragma once

#include <array>
#include <cstddef>

namespace kernel {

class Quarantine {
public:
    static constexpr std::size_t most_blocks = 64;
    static constexpr std::size_t most_bytes = 16 * 1024;

    // Whether one has to leave before a block of `size` bytes may come.
    constexpr bool is_full_for(std::size_t size) const {
        return count_ == most_blocks || (count_ != 0 && bytes_ + size > most_bytes);
    }
    constexpr bool is_empty() const { return count_ == 0; }

    // Not if it is full.
    constexpr void push(std::byte* block, std::size_t size) {
        blocks_[(first_ + count_) % most_blocks] = block;
        ++count_;
        bytes_ += size;
    }

    // The one that has waited longest, and its size again. Not if it is empty.
    constexpr std::byte* first() const { return blocks_[first_]; }
    constexpr void pop(std::size_t size) {
        first_ = (first_ + 1) % most_blocks;
        --count_;
        bytes_ -= size;
    }

private:
    std::array<std::byte*, most_blocks> blocks_{};
    std::size_t first_ = 0;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace kernel
