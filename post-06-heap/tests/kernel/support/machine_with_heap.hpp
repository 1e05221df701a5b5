// Initialises a test kernel up to the heap.
#pragma once

#include "console/panic.hpp"
#include "heap/heap.hpp"
#include "interrupts/exceptions.hpp"
#include "interrupts/segments.hpp"
#include "memory/machine_memory.hpp"

#include <optional>

namespace kernel_test {

// Sets up the console, segments, exceptions, the machine's memory and the heap. Must be called only
// once; the result is never destroyed.
inline kernel::MachineMemory& machine_with_heap(std::uint64_t boot_information_address) {
    using namespace kernel;
    static constinit std::optional<MachineMemory> memory;
    initialize_console();
    initialize_segments();
    initialize_interrupts();
    const auto information = read_boot_information(boot_information_address, identity_map_size);
    if (!information) {
        panic("the boot information is unusable: {}", describe(information.error()));
    }
    auto taken_over = take_over_memory(*information);
    if (!taken_over) {
        panic("the machine's memory cannot be used: {}", describe(taken_over.error()));
    }
    memory.emplace(std::move(*taken_over));
    if (const auto heap = kernel_heap.initialize(memory->mapper, memory->frames); !heap) {
        panic("there is no heap: {}", describe(heap.error()));
    }
    return *memory;
}

// Hides from the compiler what the pointer points to, so that it cannot remove an allocation.
template <typename T>
T* hidden(T* pointer) {
    asm volatile("" : "+r"(pointer) : : "memory");
    return pointer;
}

} // namespace kernel_test
