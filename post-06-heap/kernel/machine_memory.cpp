#include "machine_memory.hpp"

#include "console/panic.hpp"
#include "memory/cpu_paging.hpp"
#include "memory_survey.hpp"

#include <cstddef>
#include <utility>

// linker.ld's
extern "C" std::byte kernel_start[];
extern "C" std::byte kernel_end[];
extern "C" std::byte vga_text_memory[];

namespace kernel {
namespace {

PhysicalRange kernel_image() {
    return {reinterpret_cast<std::uint64_t>(kernel_start),
            reinterpret_cast<std::uint64_t>(kernel_end)};
}

// Gives back how many frames the tables took.
std::expected<std::uint64_t, MapError> map_all(const FrameRanges& memory, MachineMemory& to) {
    const EntryFlags flags = EntryFlag::writable | no_execute_if_possible();
    const std::uint64_t used_before = to.frames.used_count();
    for (const PhysicalRange range : memory) {
        const PhysicalAddress start = PhysicalAddress::truncated(range.start);
        const auto mapped = to.mapper.map_range(direct_map.address_of(start), start, range.size(),
                                                flags, to.frames, largest_page_size());
        if (!mapped) {
            return std::unexpected{mapped.error()};
        }
    }
    return to.frames.used_count() - used_before;
}

// Leaves the kernel and the screen at their own addresses.
void drop_identity_map(MachineMemory& memory) {
    const auto screen = reinterpret_cast<std::uint64_t>(vga_text_memory);
    const PhysicalRange image = kernel_image();
    for (const PhysicalRange range :
         {PhysicalRange{0, screen},
          PhysicalRange{screen + size_in_bytes(PageSize::kib4), image.start},
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

// Whether each of the frames that the kernel lies in is memory, by the loader's account.
bool holds_the_kernel(const FrameRanges& memory) {
    const PhysicalRange image = kernel_image();
    for (std::uint64_t start = image.start; start < image.end;
         start += size_in_bytes(PageSize::kib4)) {
        if (!memory.contains(Frame<>::containing(PhysicalAddress::truncated(start)))) {
            return false;
        }
    }
    return true;
}

} // namespace

std::expected<MachineMemory, MachineMemoryError>
take_over_memory(const BootInformation& information) {
    using enum MachineMemoryError;
    const MemorySurvey survey = survey_memory(information, kernel_image());
    if (!holds_the_kernel(survey.all)) {
        return std::unexpected{kernel_not_in_memory};
    }
    FrameRanges within_reach = survey.free;
    static_cast<void>(within_reach.remove({identity_map_size, largest_memory})); // splits none
    const Frame<> tables = active_level_4_table();
    MachineMemory memory{.frames = RegionFrameAllocator{within_reach, identity_map},
                         .mapper = Mapper{tables, identity_map},
                         .bytes = survey.all.frames() * size_in_bytes(PageSize::kib4),
                         .direct_map_cost = 0,
                         .complete = survey.complete};
    const auto cost = map_all(survey.all, memory);
    if (!cost && cost.error() != MapError::out_of_frames) {
        panic("the direct map cannot be made: {}", describe(cost.error()));
    }
    if (!cost) {
        return std::unexpected{no_frames};
    }
    memory.direct_map_cost = *cost;
    memory.mapper = Mapper{tables, direct_map};
    memory.frames.use(direct_map, survey.free);
    drop_identity_map(memory);
    return memory;
}

} // namespace kernel
