#include "memory/machine_memory.hpp"

#include "console/panic.hpp"
#include "memory/cpu_paging.hpp"

#include <utility>

// Defined by the linker script.
extern "C" std::byte kernel_start[];
extern "C" std::byte kernel_end[];
extern "C" std::byte vga_text_memory[];

namespace kernel {
namespace {

constexpr std::uint64_t frame_size = size_in_bytes(PageSize::kib4);

PhysicalRange kernel_image() {
    return {reinterpret_cast<std::uint64_t>(kernel_start),
            reinterpret_cast<std::uint64_t>(kernel_end)};
}

// Whether every frame of the kernel's image is memory.
bool holds_the_kernel(const FrameSet& memory) {
    const PhysicalRange image = kernel_image();
    for (std::uint64_t start = image.start; start < image.end; start += frame_size) {
        if (!memory.contains(Frame<>::containing(PhysicalAddress::truncated(start)))) {
            return false;
        }
    }
    return true;
}

// Maps all memory into the direct map.
std::expected<void, MapError> map_all(const FrameSet& all, MachineMemory& memory) {
    const EntryFlags flags = EntryFlag::writable | no_execute_if_possible();
    for (PhysicalRange run = all.run_from(0); !run.is_empty(); run = all.run_from(run.end)) {
        const auto start = PhysicalAddress::truncated(run.start);
        const auto mapped = memory.mapper.map_range(direct_map.address_of(start), start, run.size(),
                                                    flags, memory.frames, largest_page_size());
        if (!mapped) {
            return mapped;
        }
    }
    return {};
}

// Leaves the kernel and the screen at their own addresses.
void drop_identity_map(MachineMemory& memory) {
    const auto screen = reinterpret_cast<std::uint64_t>(vga_text_memory);
    const PhysicalRange image = kernel_image();
    for (const PhysicalRange range :
         {PhysicalRange{0, screen}, PhysicalRange{screen + frame_size, image.start},
          PhysicalRange{image.end, identity_map_size}}) {
        auto flush = memory.mapper.unmap_range(VirtualAddress::sign_extended(range.start),
                                               range.size(), memory.frames);
        if (!flush) {
            panic("the identity map cannot be dropped: {}", describe(flush.error()));
        }
        CpuTlb tlb;
        std::move(*flush).flush(tlb);
    }
}

} // namespace

std::expected<MachineMemory, MachineMemoryError>
take_over_memory(const BootInformation& information) {
    using enum MachineMemoryError;
    const FrameSet& all = information.memory;
    if (!holds_the_kernel(all)) {
        return std::unexpected{kernel_not_in_memory};
    }
    const FrameSet free = free_frames(information, kernel_image());
    // The first tables must lie where the boot code's map shows them.
    FrameSet within_reach = free;
    within_reach.leave_out({identity_map_size, largest_memory});
    const Frame<> tables = active_level_4_table();
    MachineMemory memory{.frames = RegionFrameAllocator{within_reach, identity_map},
                         .mapper = Mapper{tables, identity_map},
                         .bytes = all.frame_count() * frame_size,
                         .direct_map_cost = 0,
                         .complete = free.is_complete()};
    if (const auto mapped = map_all(all, memory); !mapped) {
        if (mapped.error() == MapError::out_of_frames) {
            return std::unexpected{no_frames};
        }
        panic("the direct map cannot be made: {}", describe(mapped.error()));
    }
    memory.direct_map_cost = memory.frames.used_count();
    memory.mapper = Mapper{tables, direct_map};
    memory.frames.extend_to(direct_map, free);
    drop_identity_map(memory);
    return memory;
}

} // namespace kernel
