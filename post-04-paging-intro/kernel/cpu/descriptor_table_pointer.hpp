// What LIDT and LGDT want to read from memory: where a table lies and where it ends.
// [Intel SDM vol. 3A, "Segment Descriptor Tables"]
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

struct [[gnu::packed]] DescriptorTablePointer {
    std::uint16_t limit; // the offset of the table's last byte: its size less one
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
