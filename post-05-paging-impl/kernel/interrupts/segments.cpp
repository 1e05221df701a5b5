#include "interrupts/segments.hpp"

#include "cpu/bits.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/gate.hpp"
#include "interrupts/stacks.hpp"

#include <array>

namespace kernel {
namespace {

// What 64-bit mode reads of a code or data segment's descriptor; it ignores base and limit.
// [Intel SDM vol. 3A, "Segment Descriptors"] [AMD APM vol. 2, "Long-Mode Segment Descriptors"]
constexpr std::uint64_t accessed = Bits<40, 40>::place(1); // set here, or the CPU would set it
constexpr std::uint64_t writable = Bits<41, 41>::place(1); // data only
constexpr std::uint64_t executable = Bits<43, 43>::place(1);
constexpr std::uint64_t code_or_data = Bits<44, 44>::place(1);
constexpr std::uint64_t present = Bits<47, 47>::place(1);
constexpr std::uint64_t long_mode = Bits<53, 53>::place(1); // code only: it is 64-bit code

constexpr std::uint64_t kernel_code = present | code_or_data | accessed | executable | long_mode;
constexpr std::uint64_t kernel_data = present | code_or_data | accessed | writable;
static_assert(kernel_code == 0x0020'9900'0000'0000);
static_assert(kernel_data == 0x0000'9300'0000'0000);

// A task state segment's descriptor is two words long. `base` is the segment's linear address.
// [Intel SDM vol. 3A, "TSS Descriptor in 64-bit mode"]
constexpr std::array<std::uint64_t, 2> task_state_descriptor(std::uint64_t base) {
    constexpr std::uint64_t available = 0b1001; // a 64-bit TSS that is not loaded yet
    return {Bits<15, 0>::place(sizeof(TaskStateSegment) - 1) | Bits<39, 16>::place(base) |
                Bits<43, 40>::place(available) | present | Bits<63, 56>::place(base >> 24),
            base >> 32};
}
static_assert(task_state_descriptor(0xFEDC'BA98'7654'3210) ==
              std::array<std::uint64_t, 2>{0x7600'8954'3210'0067, 0xFEDC'BA98});

// In the order of SegmentSelector. The CPU does not use the first word; the last two are for the
// task state segment, whose address is known only when the kernel runs.
constinit std::array<std::uint64_t, 5> global_descriptor_table{0, kernel_code, kernel_data};
constinit TaskStateSegment task_state_segment;

} // namespace

void initialize_segments() {
    task_state_segment.interrupt_stacks[static_cast<int>(InterruptStack::double_fault) - 1] =
        reinterpret_cast<std::uint64_t>(double_fault_stack_top);
    constexpr auto index = static_cast<std::size_t>(SegmentSelector::task_state) / 8;
    const auto [low, high] =
        task_state_descriptor(reinterpret_cast<std::uint64_t>(&task_state_segment));
    global_descriptor_table[index] = low;
    global_descriptor_table[index + 1] = high;

    load_global_descriptor_table(DescriptorTablePointer::to(global_descriptor_table));
    // The segment registers still hold selectors of the old table. Each must be reloaded, SS too:
    // IRETQ loads the selector that SS had, and finds whatever the new table has there.
    load_code_segment(SegmentSelector::kernel_code);
    load_data_segments(SegmentSelector::kernel_data);
    load_task_register(SegmentSelector::task_state);
}

} // namespace kernel
