// A stretch of physical memory, and what the boot loader says that it is good for.
// [Multiboot2 Specification, "Memory map"]
#pragma once

#include <cstdint>

namespace kernel {

enum class MemoryType : std::uint32_t {
    available = 1, // the kernel, the boot information and the modules lie in it too
    reserved = 2,
    acpi_reclaimable = 3, // holds the ACPI tables; memory like any other once they are read
    preserved_on_hibernation = 4,
    defective = 5,
};

// What a number in the memory map stands for: all those that are not explained are reserved.
constexpr MemoryType memory_type(std::uint32_t number) {
    switch (const auto type = static_cast<MemoryType>(number)) {
    case MemoryType::available:
    case MemoryType::acpi_reclaimable:
    case MemoryType::preserved_on_hibernation:
    case MemoryType::defective:
        return type;
    case MemoryType::reserved:
        break;
    }
    return MemoryType::reserved;
}

static_assert(memory_type(1) == MemoryType::available);
static_assert(memory_type(0) == MemoryType::reserved && memory_type(6) == MemoryType::reserved);

struct MemoryRegion {
    std::uint64_t start;  // a physical address; need not be a page's
    std::uint64_t length; // in bytes; may be 0
    MemoryType type;

    friend constexpr bool operator==(const MemoryRegion&, const MemoryRegion&) = default;
};

} // namespace kernel
