#include "memory/region_frame_allocator.hpp"

#include "fake_frame_memory.hpp"
#include "frame_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <cstdint>
#include <expected>
#include <optional>
#include <random>
#include <set>
#include <type_traits>
#include <vector>

namespace {

using kernel::Frame;
using kernel::FrameSet;
using kernel::FreeError;
using kernel::PhysicalAddress;
using kernel::PhysicalRange;
using Allocator = kernel::RegionFrameAllocator<FakeFrameMemory>;
using Frames = std::set<Frame<>>;
using Result = std::expected<void, FreeError>;

static_assert(kernel::FrameAllocator<Allocator>);
static_assert(kernel::FrameAllocator<kernel::NoFrames>);
static_assert(!std::is_copy_constructible_v<Allocator> && !std::is_copy_assignable_v<Allocator>);

Frame<> frame_at(std::uint64_t address) {
    return Frame<>::containing(PhysicalAddress::truncated(address));
}

FrameSet of(const Ranges& memory, const Ranges& gaps = {}) {
    FrameSet result;
    for (const PhysicalRange& range : memory) {
        result.add(range);
    }
    for (const PhysicalRange& range : gaps) {
        result.leave_out(range);
    }
    EXPECT_TRUE(result.is_complete());
    return result;
}

Frames frames_in(const FrameSet& set) {
    Frames frames;
    for (const PhysicalRange& range : runs_of(set)) {
        for (std::uint64_t start = range.start; start < range.end; start += 0x1000) {
            frames.insert(frame_at(start));
        }
    }
    return frames;
}

std::vector<Frame<>> allocate_all(Allocator& allocator) {
    std::vector<Frame<>> frames;
    while (const std::optional<Frame<>> frame = allocator.allocate()) {
        frames.push_back(*frame);
    }
    return frames;
}

Result not_allocated() {
    return std::unexpected{FreeError::not_allocated};
}
Result already_free() {
    return std::unexpected{FreeError::already_free};
}

// Seven frames, the first and the last of each range next to frames that are not usable.
class FrameAllocator : public testing::Test {
protected:
    const FrameSet usable = of({{0x3000, 0x6000}, {0x8000, 0x9000}, {0x10'0000, 0x10'3000}});
    FakeFrameMemory::Frames memory;
    Allocator allocator{usable, FakeFrameMemory{memory}};

    // Fills a frame that was allocated.
    void use(Frame<> frame, std::uint64_t word) {
        std::fill_n(FakeFrameMemory{memory}.words_in(frame), 512, word);
    }
};

TEST_F(FrameAllocator, HandsOutEachUsableFrameOnceInAscendingOrder) {
    const Frames expected = frames_in(usable);
    const std::vector<Frame<>> frames = allocate_all(allocator);
    EXPECT_EQ(frames, (std::vector<Frame<>>{expected.begin(), expected.end()}));
}

TEST_F(FrameAllocator, ReturnsNothingAfterTheLastFrame) {
    allocate_all(allocator);
    for (int again = 0; again < 3; ++again) {
        EXPECT_EQ(allocator.allocate(), std::nullopt);
    }
    EXPECT_EQ(allocator.used_count(), 7U);
}

TEST_F(FrameAllocator, ReturnsNothingIfNoFrameIsUsable) {
    Allocator empty{FrameSet{}, FakeFrameMemory{memory}};
    EXPECT_EQ(empty.allocate(), std::nullopt);
    EXPECT_EQ(empty.free(frame_at(0)), not_allocated());
    EXPECT_EQ(empty.free_count(), 0U);
    EXPECT_EQ(empty.used_count(), 0U);
}

TEST_F(FrameAllocator, HandsOutTheFirstAndTheLastFrameOfPhysicalMemory) {
    const std::uint64_t end = std::uint64_t{1} << 52;
    Allocator whole{of({{0, 0x1000}, {end - 0x1000, end}}), FakeFrameMemory{memory}};
    const std::vector<Frame<>> both{frame_at(0), frame_at(end - 0x1000)};
    EXPECT_EQ(allocate_all(whole), both);
    EXPECT_EQ(whole.free(both[0]), Result{});
    EXPECT_EQ(whole.free(both[1]), Result{});
    EXPECT_EQ(allocate_all(whole), (std::vector<Frame<>>{both[1], both[0]}));
}

TEST_F(FrameAllocator, HandsOutFreedFramesFirst) {
    const Frame<> first = allocator.allocate().value();
    const Frame<> second = allocator.allocate().value();
    EXPECT_EQ(allocator.free(first), Result{});
    EXPECT_EQ(allocator.free(second), Result{});
    EXPECT_EQ(allocator.allocate(), second);
    EXPECT_EQ(allocator.allocate(), first);
    EXPECT_EQ(allocator.allocate(), frame_at(0x5000));
}

TEST_F(FrameAllocator, HandsOutAllFramesAgainAfterAllAreFreed) {
    const std::vector<Frame<>> frames = allocate_all(allocator);
    for (const Frame<> frame : frames) {
        use(frame, frame.start().value());
        EXPECT_EQ(allocator.free(frame), Result{});
    }
    std::vector<Frame<>> again = allocate_all(allocator);
    std::sort(again.begin(), again.end());
    EXPECT_EQ(again, frames);
}

TEST_F(FrameAllocator, RefusesAFrameThatIsFreeAlready) {
    const Frame<> frame = allocator.allocate().value();
    EXPECT_EQ(allocator.free(frame), Result{});
    EXPECT_EQ(allocator.free(frame), already_free());
    EXPECT_EQ(allocator.free_count(), 7U);
    EXPECT_EQ(allocator.allocate(), frame);
    EXPECT_EQ(allocator.allocate(), frame_at(0x4000)) << "the refused one is in the list";
}

TEST_F(FrameAllocator, RefusesAFreeFrameWhereverInTheListItIs) {
    const std::vector<Frame<>> frames = allocate_all(allocator);
    for (const Frame<> frame : frames) {
        EXPECT_EQ(allocator.free(frame), Result{});
        for (const Frame<> earlier : frames) {
            if (earlier <= frame) {
                EXPECT_EQ(allocator.free(earlier), already_free());
            }
        }
    }
    EXPECT_EQ(allocate_all(allocator).size(), frames.size());
}

TEST_F(FrameAllocator, TakesAFrameBackOnceEachTimeItIsHandedOut) {
    for (int time = 0; time < 3; ++time) {
        const Frame<> frame = allocator.allocate().value();
        EXPECT_EQ(frame, frame_at(0x3000));
        EXPECT_EQ(allocator.free(frame), Result{}) << "it was not written to";
        EXPECT_EQ(allocator.free(frame), already_free());
    }
}

TEST_F(FrameAllocator, DistinguishesAFrameInUseFromAFreeOneWhateverItContains) {
    const Frame<> first = allocator.allocate().value();
    const Frame<> second = allocator.allocate().value();
    EXPECT_EQ(allocator.free(first), Result{});
    memory[second] = memory[first]; // with the mark, which is valid for the other frame only
    EXPECT_EQ(allocator.free(second), Result{});
}

TEST_F(FrameAllocator, IsNotMisledByMarksFromBeforeAReset) {
    for (const Frame<> frame : allocate_all(allocator)) {
        EXPECT_EQ(allocator.free(frame), Result{});
    }
    Allocator after_reset{usable, FakeFrameMemory{memory}};
    const std::vector<Frame<>> frames = allocate_all(after_reset);
    EXPECT_EQ(frames.size(), 7U);
    for (const Frame<> frame : frames) {
        EXPECT_EQ(after_reset.free(frame), Result{});
    }
}

TEST_F(FrameAllocator, RefusesAFrameThatIsNotUsable) {
    allocate_all(allocator);
    for (const std::uint64_t start : std::initializer_list<std::uint64_t>{
             0x0, 0x2000, 0x6000, 0x7000, 0x9000, 0xF'F000, 0x10'3000}) {
        EXPECT_EQ(allocator.free(frame_at(start)), not_allocated()) << start;
    }
    EXPECT_EQ(allocator.used_count(), 7U);
    EXPECT_EQ(allocator.allocate(), std::nullopt);
}

TEST_F(FrameAllocator, RefusesAFrameThatItHasNotHandedOutYet) {
    const Frames frames = frames_in(usable);
    for (const Frame<> next : frames) {
        for (const Frame<> frame : frames) {
            if (frame >= next) {
                EXPECT_EQ(allocator.free(frame), not_allocated());
            }
        }
        EXPECT_EQ(allocator.allocate(), next);
    }
}

TEST_F(FrameAllocator, TouchesNoMemoryButTheUsableFrames) {
    for (const Frame<> frame : allocate_all(allocator)) {
        EXPECT_EQ(allocator.free(frame), Result{});
    }
    for (std::uint64_t start = 0; start < 0x11'0000; start += 0x1000) {
        static_cast<void>(allocator.free(frame_at(start)));
    }
    const Frames expected = frames_in(usable);
    for (const auto& [frame, words] : memory) {
        EXPECT_TRUE(expected.contains(frame)) << frame.start().value();
    }
}

TEST_F(FrameAllocator, TouchesNoFrameBeforeItHandsItOut) {
    EXPECT_EQ(allocator.free(frame_at(0x3000)), not_allocated());
    EXPECT_TRUE(memory.empty());
    static_cast<void>(allocator.allocate());
    EXPECT_EQ(memory.size(), 1U);
}

TEST_F(FrameAllocator, LeavesAFrameInUseAlone) {
    const Frame<> used = allocator.allocate().value();
    use(used, 0x1234'5678'9ABC'DEF0);
    const FakeFrameMemory::Words before = memory.at(used);
    for (const Frame<> frame : allocate_all(allocator)) {
        EXPECT_EQ(allocator.free(frame), Result{});
    }
    allocate_all(allocator);
    EXPECT_EQ(memory.at(used), before);
}

TEST_F(FrameAllocator, CountsItsFrames) {
    EXPECT_EQ(allocator.free_count(), 7U);
    EXPECT_EQ(allocator.used_count(), 0U);
    const Frame<> frame = allocator.allocate().value();
    static_cast<void>(allocator.allocate());
    EXPECT_EQ(allocator.free_count(), 5U);
    EXPECT_EQ(allocator.used_count(), 2U);
    EXPECT_EQ(allocator.free(frame), Result{});
    EXPECT_EQ(allocator.free(frame), already_free());
    EXPECT_EQ(allocator.free(frame_at(0x7000)), not_allocated());
    EXPECT_EQ(allocator.free_count(), 6U);
    EXPECT_EQ(allocator.used_count(), 1U);
}

// Right and wrong calls in random order; the frames are written to in between.
TEST_F(FrameAllocator, AgreesWithASetOfFrames) {
    std::mt19937_64 random{5};
    const FrameSet ranges = of({{0x1000, 0x9000}, {0xA000, 0xB000}, {0x10'0000, 0x11'0000}});
    const Frames all = frames_in(ranges);
    for (int round = 0; round < 100; ++round) {
        FakeFrameMemory::Frames frames;
        Allocator tested{ranges, FakeFrameMemory{frames}};
        Frames used;
        Frames ever_used;
        for (int step = 0; step < 300; ++step) {
            if (random() % 2 == 0) {
                const std::optional<Frame<>> frame = tested.allocate();
                ASSERT_EQ(frame.has_value(), used.size() < all.size());
                if (frame) {
                    ASSERT_TRUE(all.contains(*frame) && used.insert(*frame).second);
                    ever_used.insert(*frame);
                    frames.at(*frame).fill(random());
                }
            } else {
                const std::uint64_t number =
                    random() % 2 == 0 ? random() % 0x10 : 0x100 + random() % 0x14;
                const Frame<> frame = frame_at(number * 0x1000);
                const Result expected = used.erase(frame) != 0      ? Result{}
                                        : ever_used.contains(frame) ? already_free()
                                                                    : not_allocated();
                ASSERT_EQ(tested.free(frame), expected) << number;
            }
            ASSERT_EQ(tested.used_count(), used.size());
            ASSERT_EQ(tested.free_count(), all.size() - used.size());
        }
    }
}

// What GRUB reports on QEMU's PC with 128 MiB, and what else lies in that memory.
const Ranges small_pc_available{{0, 0x9'FC00}, {0x10'0000, 0x7FE'0000}};
const Ranges small_pc_reserved{{0x9'FC00, 0xA'0000},
                               {0xF'0000, 0x10'0000},
                               {0x7FE'0000, 0x800'0000},
                               {0xFFFC'0000, 0x1'0000'0000},
                               {0xFD'0000'0000, 0x100'0000'0000}};
const PhysicalRange kernel_image{0x10'0000, 0x11'A2C8};
const PhysicalRange boot_information{0x11'A2C8, 0x11'AC10}; // in the image's last frame
const PhysicalRange module{0x20'0000, 0x20'0801};

Ranges with_kernel(Ranges reserved) {
    reserved.insert(reserved.end(), {kernel_image, boot_information, module});
    return reserved;
}

FrameSet usable_of(const Ranges& available, const Ranges& reserved) {
    Ranges gaps = reserved;
    gaps.push_back({0, 0x10'0000});
    return of(available, gaps);
}

TEST(FrameAllocatorOfAPc, HandsOutNothingOfTheKernelTheBootInformationAndTheModules) {
    const FrameSet usable = usable_of(small_pc_available, with_kernel(small_pc_reserved));
    EXPECT_EQ(runs_of(usable), (Ranges{{0x11'B000, 0x20'0000}, {0x20'1000, 0x7FE'0000}}));

    FakeFrameMemory::Frames memory;
    Allocator allocator{usable, FakeFrameMemory{memory}};
    // 128 MiB, without: the first MiB, 27 frames of kernel and boot information, one of the module,
    // 32 at the end.
    const std::uint64_t count = 32'768 - 256 - 27 - 1 - 32;
    EXPECT_EQ(allocator.free_count(), count);
    std::uint64_t handed_out = 0;
    std::uint64_t end_of_last = 0;
    while (const std::optional<Frame<>> frame = allocator.allocate()) {
        const std::uint64_t start = frame->start().value();
        ASSERT_GE(start, end_of_last);
        end_of_last = start + 0x1000;
        for (const PhysicalRange& range : with_kernel(small_pc_reserved)) {
            ASSERT_TRUE(range.end <= start || range.start >= end_of_last) << start;
        }
        ++handed_out;
        memory.clear(); // 128 MiB are too much to keep
    }
    EXPECT_EQ(handed_out, count);
    EXPECT_EQ(end_of_last, 0x7FE'0000U);
    EXPECT_EQ(allocator.free(frame_at(0x10'0000)), not_allocated());
    EXPECT_EQ(allocator.free(frame_at(0x11'A000)), not_allocated());
    EXPECT_EQ(allocator.free(frame_at(0x20'0000)), not_allocated());
}

TEST(FrameAllocatorOfAPc, GoesOnWithTheMemoryAbove4Gib) {
    const Ranges available{
        {0, 0x9'FC00}, {0x10'0000, 0xBFFE'0000}, {0x1'0000'0000, 0x11'0000'0000}}; // 64 GiB there
    Ranges reserved = with_kernel(small_pc_reserved);
    reserved.push_back({0xBFFE'0000, 0xC000'0000});
    reserved.push_back({0x11'B000, 0xBFFD'E000}); // so that the end is near
    const FrameSet usable = usable_of(available, reserved);

    FakeFrameMemory::Frames memory;
    Allocator allocator{usable, FakeFrameMemory{memory}};
    EXPECT_EQ(allocator.free_count(), 2 + 16'777'216U);
    const std::vector<std::uint64_t> starts{0xBFFD'E000, 0xBFFD'F000, 0x1'0000'0000, 0x1'0000'1000};
    for (const std::uint64_t start : starts) {
        EXPECT_EQ(allocator.allocate(), frame_at(start));
    }
    EXPECT_EQ(allocator.free(frame_at(0x1'0000'0000)), Result{});
    EXPECT_EQ(allocator.free(frame_at(0x1'0000'2000)), not_allocated());
    EXPECT_EQ(allocator.free(frame_at(0xBFFE'0000)), not_allocated());
    EXPECT_EQ(allocator.allocate(), frame_at(0x1'0000'0000));
    EXPECT_EQ(allocator.used_count(), 4U);
}

// The kernel first reaches only the beginning of memory, and later all of it.
TEST(FrameAllocatorThatReachesMore, GoesOnWhereItWasInterrupted) {
    const FrameSet all = usable_of({{0x10'0000, 0x10'4000}, {0x20'0000, 0x20'4000}}, {});
    for (const std::uint64_t limit : {0x10'0000u, 0x10'3000u, 0x10'4000u, 0x20'0000u, 0x20'1000u}) {
        FrameSet within_reach = all;
        within_reach.leave_out({limit, 0x100'0000});
        for (std::uint64_t before = 0; before <= within_reach.frame_count(); ++before) {
            FakeFrameMemory::Frames memory;
            Allocator allocator{within_reach, FakeFrameMemory{memory}};
            std::uint64_t count = 0;
            std::uint64_t last = 0;
            const auto take = [&] {
                const std::optional<Frame<>> frame = allocator.allocate();
                if (frame) {
                    EXPECT_GT(frame->start().value(), last);
                    last = frame->start().value();
                    ++count;
                }
                return frame.has_value();
            };
            while (count < before) {
                ASSERT_TRUE(take());
            }
            EXPECT_EQ(allocator.free_count(), within_reach.frame_count() - before);
            allocator.extend_to(FakeFrameMemory{memory}, all);
            EXPECT_EQ(allocator.free_count(), 8 - before);
            while (take()) {
            }
            EXPECT_EQ(count, 8U) << limit << ", " << before;
        }
    }
}

TEST(NoFrames, HasNoneAndTakesNoneBack) {
    kernel::NoFrames frames;
    EXPECT_EQ(frames.allocate(), std::nullopt);
    EXPECT_EQ(frames.free(frame_at(0x1000)), not_allocated());
    EXPECT_EQ(frames.free_count(), 0U);
}

TEST(FreeError, IsDescribedInWords) {
    EXPECT_EQ(kernel::describe(FreeError::not_allocated), "the frame was never allocated");
    EXPECT_EQ(kernel::describe(FreeError::already_free), "the frame is free already");
}

} // namespace
