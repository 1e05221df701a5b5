// Bytes become a memory map. The frames that the kernel finds in it are compared with a bit for
// every frame; then the frame allocator hands them out.
//
// The input has the start and the length of the kernel's image, and then the pieces, six bytes
// each: start and length in KiB, two bytes each, a type (255: a module), and a byte that is not
// used.

#include "../unit/boot_blob.hpp"
#include "../unit/fake_frame_memory.hpp"
#include "fuzz_input.hpp"
#include "memory/boot_information.hpp"
#include "memory/region_frame_allocator.hpp"

#include <algorithm>
#include <bitset>

namespace {

using namespace kernel;

constexpr std::uint64_t frame_bytes = 4096;
constexpr std::size_t frames_in_all = 32 << 10; // 128 MiB: more than two bytes of KiB can say
using Set = std::bitset<frames_in_all>;

struct Piece {
    PhysicalRange range;
    std::uint32_t type;
};
constexpr std::uint32_t available = 1;
constexpr std::uint32_t module_type = 255;

PhysicalRange range_in(FuzzInput& input) {
    const std::uint64_t start = std::uint64_t{input.word()} << 10;
    return PhysicalRange::of_size(start, std::uint64_t{input.word()} << 10);
}

void remove_touched(Set& frames, PhysicalRange range) {
    if (!range.is_empty()) {
        for (std::uint64_t frame = range.start / frame_bytes;
             frame <= (range.end - 1) / frame_bytes; ++frame) {
            frames.reset(frame);
        }
    }
}

Set memory_in(const std::vector<Piece>& pieces) {
    Set frames;
    for (const Piece& piece : pieces) {
        for (std::uint64_t frame = (piece.range.start + frame_bytes - 1) / frame_bytes;
             piece.type == available && (frame + 1) * frame_bytes <= piece.range.end; ++frame) {
            frames.set(frame);
        }
    }
    for (const Piece& piece : pieces) {
        if (piece.type != available && piece.type != module_type) {
            remove_touched(frames, piece.range);
        }
    }
    return frames;
}

Set free_in(const std::vector<Piece>& pieces, PhysicalRange kernel_image) {
    Set frames = memory_in(pieces);
    remove_touched(frames, {0, 1 << 20});
    remove_touched(frames, kernel_image);
    for (const Piece& piece : pieces) {
        if (piece.type == module_type) {
            remove_touched(frames, piece.range);
        }
    }
    return frames;
}

BootBlob blob_of(const std::vector<Piece>& pieces) {
    BootBlob blob;
    std::vector<MapEntry> entries;
    for (const Piece& piece : pieces) {
        if (piece.type == module_type) {
            blob.tag(BootTagType::module,
                     module_content(static_cast<std::uint32_t>(piece.range.start),
                                    static_cast<std::uint32_t>(piece.range.end), terminated("")));
        } else {
            entries.push_back({piece.range.start, piece.range.size(), piece.type});
        }
    }
    blob.tag(BootTagType::memory_map, memory_map_content(entries));
    return blob;
}

// Checks that the runs are in order, separate and of whole frames, and returns these frames.
Set frames_of(const FrameSet& set) {
    Set frames;
    std::uint64_t end_of_last = 0;
    for (PhysicalRange run = set.run_from(0); !run.is_empty(); run = set.run_from(run.end)) {
        require(run.start % frame_bytes == 0 && run.end % frame_bytes == 0, "frames are whole");
        require(run.start >= end_of_last, "runs are in order and do not overlap");
        require(run.end <= frames_in_all * frame_bytes, "no run lies outside of the map");
        for (std::uint64_t at = run.start; at < run.end; at += frame_bytes) {
            frames.set(at / frame_bytes);
        }
        end_of_last = run.end;
    }
    require(set.frame_count() == frames.count(), "the set knows how many frames it has");
    return frames;
}

// As many as there is time for.
void hand_out(const FrameSet& set, const Set& free) {
    constexpr int most = 60;
    FakeFrameMemory::Frames memory;
    RegionFrameAllocator allocator{set, FakeFrameMemory{memory}};
    Set given;
    for (int number = 0; number < most; ++number) {
        const std::uint64_t left = allocator.free_count();
        const auto frame = allocator.allocate();
        require(frame.has_value() == (left != 0), "there is a frame as long as one is left");
        if (!frame) {
            break;
        }
        const std::uint64_t index = frame->start().value() / frame_bytes;
        require(free[index], "a frame that is handed out is free");
        require(!given[index], "no frame is handed out twice");
        given.set(index);
        if (number % 3 == 0) {
            require(allocator.free(*frame).has_value(), "what was handed out is taken back");
            require(!allocator.free(*frame).has_value(), "but only once");
            given.reset(index);
        }
        require(allocator.used_count() == given.count(), "the allocator knows how many are used");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzInput input{data, size};
    const PhysicalRange kernel_image = range_in(input);
    std::vector<Piece> pieces;
    while (!input.empty()) {
        const PhysicalRange range = range_in(input);
        const std::uint32_t type = input.byte();
        input.byte();
        pieces.push_back({range, type});
    }
    const auto information = read(blob_of(pieces).bytes());
    const auto modules = std::ranges::count(pieces, module_type, &Piece::type);
    require(information.has_value() || modules > 15, "the map can be read");
    if (!information) {
        return 0;
    }
    const FrameSet free_set = free_frames(*information, kernel_image);
    const Set memory = memory_in(pieces);
    const Set unused = free_in(pieces, kernel_image);
    const Set all = frames_of(information->memory);
    const Set free = frames_of(free_set);
    require((all & ~memory).none(), "what is taken for memory is memory");
    require((free & ~unused).none(), "what is taken for free is free");
    require((free & ~all).none(), "what is free is memory");
    if (information->memory.is_complete()) {
        require(all == memory, "all memory is found");
    }
    if (free_set.is_complete()) {
        require(free == unused, "all that is free is found");
    }
    hand_out(free_set, free);
    return 0;
}
