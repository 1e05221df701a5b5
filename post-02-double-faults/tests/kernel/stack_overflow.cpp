// A stack overflow hits the guard pages, however large the frames are, and wherever in its last
// page the stack pointer is when they begin.

#include "console/console.hpp"
#include "cpu/instructions.hpp"
#include "interrupts/interrupt_descriptor_table.hpp"
#include "interrupts/segments.hpp"
#include "interrupts/stacks.hpp"
#include "support/kernel_test.hpp"
#include "support/stack_end.hpp"

#include <array>

using namespace kernel;
using namespace kernel_test;

#pragma GCC diagnostic ignored "-Winfinite-recursion"

extern "C" const std::uint64_t level1_table[512];

namespace {

constinit InterruptDescriptorTable table;
constinit unsigned faults = 0;

void come_back_from_breakpoint(TrapFrame&) {
    come_back();
}

Never remember_and_come_back(TrapFrame&, std::uint64_t) {
    ++faults;
    come_back();
}

// The function does not use the array, so only code added by the compiler can hit the guard.
template <std::size_t Size>
[[gnu::noinline]] void recurse_with_frame_of() {
    std::array<unsigned char, Size> bytes;
    asm volatile("" : : "r"(bytes.data()) : "memory");
    recurse_with_frame_of<Size>();
    asm volatile("" : : "r"(bytes.data()) : "memory"); // keeps the call from becoming a jump
}

// The size is known only at run time.
template <std::size_t Size>
[[gnu::noinline]] void recurse_with_block_of() {
    std::size_t size = Size;
    asm volatile("" : "+r"(size));
    void* const block = __builtin_alloca(size);
    asm volatile("" : : "r"(block) : "memory");
    recurse_with_block_of<Size>();
    asm volatile("" : : "r"(block) : "memory");
}

// An array, then two blocks.
template <std::size_t ArraySize, std::size_t BlockSize>
[[gnu::noinline]] void recurse_with_array_and_blocks_of() {
    std::array<unsigned char, ArraySize> bytes;
    std::size_t size = BlockSize;
    asm volatile("" : "+r"(size));
    void* const first = __builtin_alloca(size);
    void* const second = __builtin_alloca(size);
    asm volatile("" : : "r"(bytes.data()), "r"(first), "r"(second) : "memory");
    recurse_with_array_and_blocks_of<ArraySize, BlockSize>();
    asm volatile("" : : "r"(bytes.data()), "r"(first), "r"(second) : "memory");
}

template <std::size_t Alignment, std::size_t Size>
[[gnu::noinline]] void recurse_with_aligned_frame_of() {
    alignas(Alignment) std::array<unsigned char, Size> bytes;
    asm volatile("" : : "r"(bytes.data()) : "memory");
    recurse_with_aligned_frame_of<Alignment, Size>();
    asm volatile("" : : "r"(bytes.data()) : "memory");
}

// Begins at every place of the stack's last page that the ABI allows: RSP is a multiple of 16.
void overflow_from_everywhere(void (*function)()) {
    const auto bottom = reinterpret_cast<std::uint64_t>(kernel_stack_bottom);
    for (std::uint64_t offset = 16; offset <= 4096; offset += 16) {
        faults = 0;
        call_on_stack_at(function, bottom + offset);
        expect_equal(faults, 1u);
        expect(kernel_stack_guard_pages.contain(read_cr2()));
    }
}

template <std::size_t... Sizes>
void overflow_with_frames() {
    (overflow_from_everywhere(recurse_with_frame_of<Sizes>), ...);
}

template <std::size_t... Sizes>
void overflow_with_blocks() {
    (overflow_from_everywhere(recurse_with_block_of<Sizes>), ...);
}

void small_frames_meet_the_guard() {
    overflow_with_frames<8, 64, 1000, 2048>();
}

void frames_of_about_a_page_meet_the_guard() {
    overflow_with_frames<4056, 4064, 4072, 4080, 4088, 4096, 4104, 4112, 4120>();
}

void large_frames_meet_the_guard() {
    overflow_with_frames<5000, 6 * 1024, 8184, 8192, 8200, 12 * 1024, 40 * 1024, 1024 * 1024>();
}

void blocks_of_any_size_meet_the_guard() {
    overflow_with_blocks<100, 4080, 4096, 5000, 6000, 8192, 40 * 1024>();
}

// The parts of such a frame must not rely on each other to touch the memory between them.
void blocks_behind_an_array_meet_the_guard() {
    overflow_from_everywhere(recurse_with_array_and_blocks_of<4064, 16>);
    overflow_from_everywhere(recurse_with_array_and_blocks_of<4064, 4096>);
    overflow_from_everywhere(recurse_with_array_and_blocks_of<4080, 4080>);
    overflow_from_everywhere(recurse_with_array_and_blocks_of<4096, 4096>);
}

// Aligning such a frame moves the stack pointer by up to `Alignment` more bytes.
void aligned_frames_meet_the_guard() {
    overflow_from_everywhere(recurse_with_aligned_frame_of<64, 4032>);
    overflow_from_everywhere(recurse_with_aligned_frame_of<2048, 2048>);
    overflow_from_everywhere(recurse_with_aligned_frame_of<2048, 4096>);
    overflow_from_everywhere(recurse_with_aligned_frame_of<4096, 4096>);
}

// The CPU pushes an interrupt's frame at the stack pointer, which may be a page below all memory
// that was touched.
[[gnu::noinline]] void be_interrupted_before_the_first_touch() {
    asm volatile("sub $4096, %rsp\n\tint3");
}

void an_interrupt_before_the_first_touch_meets_the_guard() {
    overflow_from_everywhere(be_interrupted_before_the_first_touch);
}

// The page tables lie below the stacks.
void nothing_was_destroyed() {
    constexpr std::uint64_t address = 0x000F'FFFF'FFFF'F000;
    for (std::uint64_t page = 0; page < 512; ++page) {
        expect(level1_table[page] == 0 || (level1_table[page] & address) == page * 4096);
    }
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    initialize_segments();
    table.set<Vector::double_fault, remember_and_come_back>(InterruptStack::double_fault);
    table.set<Vector::breakpoint, come_back_from_breakpoint>();
    table.load();
    run({
        {"small frames meet the guard", small_frames_meet_the_guard},
        {"frames of about a page meet the guard", frames_of_about_a_page_meet_the_guard},
        {"large frames meet the guard", large_frames_meet_the_guard},
        {"blocks of any size meet the guard", blocks_of_any_size_meet_the_guard},
        {"blocks behind an array meet the guard", blocks_behind_an_array_meet_the_guard},
        {"aligned frames meet the guard", aligned_frames_meet_the_guard},
        {"an interrupt before the first touch meets the guard",
         an_interrupt_before_the_first_touch_meets_the_guard},
        {"nothing was destroyed", nothing_was_destroyed},
    });
}
