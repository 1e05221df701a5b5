// SegregatedFit compared with a plain map of blocks, while its memory grows.

#include "heap/segregated_fit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace {

using namespace kernel;

constexpr std::size_t most_granules = 300;

using Blocks = std::map<std::size_t, std::size_t>; // the first granule, and how many

class SegregatedFitModel {
public:
    explicit SegregatedFitModel(unsigned seed) : random_{seed} {}

    void step() {
        const std::size_t what = any(8);
        if (what == 0 && size_ < most_granules) {
            const std::size_t more = std::min(any(20), most_granules - size_);
            fit_.grow(more * granule);
            size_ += more;
        } else if (what < 5) {
            allocate();
        } else if (!used_.empty()) {
            const auto block = std::next(used_.begin(), static_cast<int>(any(used_.size())));
            fit_.deallocate(memory_.data() + block->first * granule,
                            {block->second * granule, granule});
            used_.erase(block);
        }
    }

    // Each gap between blocks in use is one free block.
    Blocks free() const {
        Blocks gaps;
        std::size_t first = 0;
        for (const auto& [block, size] : used_) {
            if (first != block) {
                gaps[first] = block - first;
            }
            first = block + size;
        }
        if (first != size_) {
            gaps[first] = size_ - first;
        }
        return gaps;
    }

    void check() const {
        Blocks found;
        fit_.for_each_free_block([&](std::span<const std::byte> block, BlockState) {
            found[static_cast<std::size_t>(block.data() - memory_.data()) / granule] =
                block.size() / granule;
        });
        ASSERT_EQ(found, free());
        // The table has the edges of the free blocks and no others. The first bit is not used.
        std::array<std::uint64_t, words> edges{};
        for (const auto& [first, size] : free()) {
            for (const std::size_t bit : {first + 1, first + size}) {
                edges[bit / 64] |= std::uint64_t{1} << bit % 64;
            }
        }
        ASSERT_EQ(edges_, edges);
    }

private:
    std::size_t any(std::size_t below) { return random_() % below; }

    void allocate() {
        const std::size_t size = any(any(4) == 0 ? 90 : 8) + 1;
        const std::size_t alignment = any(4) == 0 ? granule << (any(3) + 1) : granule;
        // An aligned block is only looked for where it fits at any address.
        const std::size_t needed = size + alignment / granule - 1;
        const Blocks gaps = free();
        const bool fits = std::ranges::any_of(gaps, [&](auto gap) { return gap.second >= needed; });
        auto* const block = static_cast<std::byte*>(fit_.allocate({size * granule, alignment}));
        ASSERT_EQ(block != nullptr, fits);
        if (block != nullptr) {
            ASSERT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
            const auto first = static_cast<std::size_t>(block - memory_.data()) / granule;
            const auto gap = std::prev(gaps.upper_bound(first)); // there is one, or this fails
            ASSERT_TRUE(gap->first <= first && first + size <= gap->first + gap->second);
            used_[first] = size;
        }
    }

    static constexpr std::size_t words = SegregatedFit::table_bytes(most_granules * granule) / 8;

    std::mt19937 random_;
    alignas(16) std::array<std::byte, most_granules * granule> memory_{};
    std::array<std::uint64_t, words> edges_{};
    SegregatedFit fit_{memory_.data(), edges_.data()};
    std::size_t size_ = 0;
    Blocks used_;
};

TEST(SegregatedFitModel, HasTheSameFreeBlocksAsAPlainMap) {
    for (unsigned seed = 0; seed < 10; ++seed) {
        SegregatedFitModel model{seed};
        for (int step = 0; step < 600; ++step) {
            SCOPED_TRACE(testing::Message() << "seed " << seed << " step " << step);
            model.step();
            model.check();
            if (testing::Test::HasFatalFailure()) {
                return;
            }
        }
    }
}

} // namespace
