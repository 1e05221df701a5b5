// The operands of the instructions that deal with the CPU's descriptor tables.
// [Intel SDM vol. 3A, "Segment Selectors", "Segment Descriptor Tables"]
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

// What a segment register holds: the offset of a descriptor in the global descriptor table. The
// lowest three bits select another table or privilege level; in this kernel they are always 0.
enum class SegmentSelector : std::uint16_t {
    kernel_code = 1 * 8,
    kernel_data = 2 * 8,
    task_state = 3 * 8,
};

// What LGDT and LIDT read from memory and SIDT writes: the address and size of a table.
struct [[gnu::packed]] DescriptorTablePointer {
    std::uint16_t limit; // the offset of the table's last byte: its size in bytes, minus 1
    std::uint64_t base;  // linear address

    template <typename Table>
    static DescriptorTablePointer to(const Table& table) {
        static_assert(sizeof(Table) - 1 <= 0xFFFF, "a descriptor table has at most 64 KiB");
        return {sizeof(Table) - 1, reinterpret_cast<std::uint64_t>(&table)};
    }
};

static_assert(sizeof(DescriptorTablePointer) == 10);
static_assert(offsetof(DescriptorTablePointer, base) == 2);

} // namespace kernel
