// The heap in the kernel: its memory, its limits, and every form of `new` and `delete`.

#include "memory/cpu_paging.hpp"
#include "memory/mapping.hpp"
#include "support/attempt.hpp"
#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

#include "interrupts/interrupt_descriptor_table.hpp"

#include <array>
#include <memory>
#include <utility>
#include <vector>

using namespace kernel;
using namespace kernel_test;

namespace {

constinit MachineMemory* machine = nullptr;

std::size_t bytes_in_use() {
    return kernel_heap.statistics().used;
}

std::uint64_t address_of(const void* pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

bool is_on_the_heap(const void* pointer) {
    return address_of(pointer) >= heap_start.value() &&
           address_of(pointer) < heap_start.value() + kernel_heap.statistics().mapped;
}

// Must run first.
void the_heap_begins_with_100_kib() {
    expect_equal(kernel_heap.statistics().mapped, 100u * 1024);
    expect_equal(kernel_heap.statistics().free, 100u * 1024);
    expect_equal(bytes_in_use(), 0u);
}

void its_pages_are_writable_and_not_executable() {
    std::size_t mapped = 0;
    constexpr std::uint64_t start = heap_start.value();
    for_each_mapping(direct_map, active_level_4_table(), [&mapped](const Mapping& mapping) {
        if (mapping.start.value() >= start && mapping.start.value() < start + largest_heap) {
            expect(mapping.permissions == Permissions{.executable = false, .user = false});
            mapped += size_in_bytes(mapping.size);
        }
    });
    expect_equal(mapped, kernel_heap.statistics().mapped);
}

void in_front_of_it_and_behind_it_nothing_is_mapped() {
    const std::uint64_t start = heap_start.value();
    const std::uint64_t end = start + kernel_heap.statistics().mapped;
    expect(attempt_read(start - 1).has_value());
    expect(!attempt_read(start));
    expect(!attempt_read(end - 1));
    expect(attempt_read(end).has_value());
    expect(attempt_read(start + largest_heap).has_value());
}

void objects_are_allocated_and_keep_their_values() {
    const auto first = std::make_unique<int>(41);
    const auto second = std::make_unique<int>(13);
    expect_equal(*first, 41);
    expect_equal(*second, 13);
    expect(is_on_the_heap(first.get()) && is_on_the_heap(second.get()));
}

void a_large_vector_grows() {
    constexpr std::uint64_t count = 1000;
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < count; ++i) {
        numbers.push_back(i);
    }
    std::uint64_t sum = 0;
    for (const std::uint64_t number : numbers) {
        sum += number;
    }
    expect_equal(sum, (count - 1) * count / 2);
}

// Allocates as many blocks as the heap has bytes, so freed memory must be used again.
void many_boxes_fit_one_after_the_other() {
    for (std::size_t i = 0; i < initial_heap; ++i) {
        const auto box = std::make_unique<std::size_t>(i);
        expect_equal(*box, i);
    }
    expect_equal(kernel_heap.statistics().mapped, initial_heap);
}

void many_boxes_fit_beside_a_long_lived_one() {
    const auto long_lived = std::make_unique<std::size_t>(1);
    many_boxes_fit_one_after_the_other();
    expect_equal(*long_lived, 1u);
}

// Blocks of many sizes and lifetimes: afterwards as much is in use as before.
void a_million_operations_lose_nothing() {
    const std::size_t before = bytes_in_use();
    {
        std::array<std::unique_ptr<char[]>, 64> blocks;
        std::uint32_t random = 1;
        for (int i = 0; i < 500'000; ++i) {
            random = random * 1'664'525 + 1'013'904'223;
            blocks[random >> 26] = std::make_unique_for_overwrite<char[]>(random >> 16 & 0x1FF);
        }
    }
    // Enough other blocks push all of these out of the quarantine.
    for (int i = 0; i < 100; ++i) {
        delete hidden(new int);
    }
    expect(bytes_in_use() <= before + 64 * 64);
    expect_equal(kernel_heap.statistics().mapped, initial_heap);
}

template <std::size_t alignment>
struct alignas(alignment) Aligned {
    std::array<char, alignment> bytes;
};

template <std::size_t alignment>
void expect_aligned() {
    const auto object = std::make_unique<Aligned<alignment>>();
    expect_equal(address_of(object.get()) % alignment, 0u);
    const auto array = std::make_unique<Aligned<alignment>[]>(3);
    expect_equal(address_of(array.get()) % alignment, 0u);
    void* const raw = operator new(24, std::align_val_t{alignment}, std::nothrow);
    expect_equal(address_of(raw) % alignment, 0u);
    operator delete(raw, 24, std::align_val_t{alignment});
}

void alignments_are_kept() {
    expect_aligned<16>();
    expect_aligned<32>();
    expect_aligned<64>();
    expect_aligned<4096>();
}

struct Counted {
    static inline int alive = 0;
    Counted() { ++alive; }
    ~Counted() { --alive; }
    std::uint64_t something = 7;
};

void arrays_know_how_many_they_are() {
    Counted* const several = hidden(new Counted[17]);
    expect_equal(Counted::alive, 17);
    expect_equal(several[16].something, 7u);
    delete[] several;
    expect_equal(Counted::alive, 0);
    const volatile std::size_t zero = 0; // unknown to the compiler: g++ 14 would warn
    char* const none = hidden(new char[zero]);
    expect(none != nullptr);
    delete[] none;
    void* const nothing = operator new(zero);
    void* const nothing_else = operator new(zero);
    expect(nothing != nullptr && nothing != nothing_else);
    operator delete(nothing, zero);
    operator delete(nothing_else, zero);
    delete[] hidden(static_cast<char*>(nullptr));
    delete hidden(static_cast<int*>(nullptr));
}

// A delete that does not belong to its new panics.
void every_form_of_new_goes_with_its_delete() {
    constexpr std::align_val_t alignment{64};
    operator delete(operator new(24), 24);
    operator delete(operator new(24, std::nothrow), 24);
    operator delete(operator new(24, alignment), 24, alignment);
    operator delete(operator new(24, alignment, std::nothrow), 24, alignment);
    operator delete[](operator new[](24));
    operator delete[](operator new[](24), 24);
    operator delete[](operator new[](24, std::nothrow));
    operator delete[](operator new[](24, alignment), alignment);
    operator delete[](operator new[](24, alignment), 24, alignment);
    operator delete[](operator new[](24, alignment, std::nothrow), alignment);
}

void without_throwing_too_much_is_null() {
    const std::uint64_t allocations = kernel_heap.statistics().allocations;
    constexpr std::size_t too_much = std::size_t{1} << 40;
    expect(hidden(new (std::nothrow) char[too_much]) == nullptr);
    expect(operator new(too_much, std::nothrow) == nullptr);
    expect(operator new(too_much, std::align_val_t{64}, std::nothrow) == nullptr);
    expect(operator new[](too_much, std::align_val_t{64}, std::nothrow) == nullptr);
    expect(operator new(~std::size_t{0}, std::nothrow) == nullptr);
    expect(operator new[](~std::size_t{0}, std::nothrow) == nullptr);
    expect(kernel_heap.allocate({.size = 1, .alignment = too_much}) == nullptr);
    expect_equal(kernel_heap.statistics().mapped, initial_heap);
    expect_equal(kernel_heap.statistics().allocations, allocations);
}

// Nor are the bytes that are kept ready for the next allocation.
void what_was_freed_is_not_in_use() {
    constexpr Layout layout{.size = 48, .alignment = 16};
    const HeapStatistics before = kernel_heap.statistics();
    kernel_heap.deallocate(kernel_heap.allocate(layout), layout);
    const HeapStatistics after = kernel_heap.statistics();
    expect_equal(after.used, before.used);
    expect_equal(after.used + after.cached + after.free, after.mapped);
    expect_equal(after.allocations, before.allocations + 1);
    expect_equal(after.deallocations, before.deallocations + 1);
}

// Takes all frames but `left` out of the machine's memory, for a while. Each holds the address of
// the one that was taken before it.
class TakenFrames {
public:
    explicit TakenFrames(std::uint64_t left) {
        while (machine->frames.free_count() > left) {
            const auto frame = machine->frames.allocate();
            *direct_map.words_in(*frame) = last_;
            last_ = frame->start().value();
        }
    }
    ~TakenFrames() {
        while (last_ != none) {
            const auto frame = Frame<>::containing(PhysicalAddress::truncated(last_));
            last_ = *direct_map.words_in(frame);
            expect(machine->frames.free(frame).has_value());
        }
    }
    TakenFrames(const TakenFrames&) = delete;
    TakenFrames& operator=(const TakenFrames&) = delete;

private:
    static constexpr std::uint64_t none = ~std::uint64_t{0};
    std::uint64_t last_ = none;
};

void a_block_for_which_there_are_too_few_frames_takes_none() {
    const std::size_t mapped = kernel_heap.statistics().mapped;
    const std::uint64_t frames = mapped / 4096;
    const TakenFrames taken{frames};
    expect(operator new(2 * mapped, std::nothrow) == nullptr);
    expect_equal(machine->frames.free_count(), frames);
    expect_equal(kernel_heap.statistics().mapped, mapped);
}

// There are enough frames for the pages, but not for the page table as well that the last of them
// needs. What has been mapped until then is used.
void a_heap_that_cannot_grow_enough_uses_what_it_has_got() {
    // Takes all that is free, or the new pages would join it.
    constexpr Layout piece{.size = 1024, .alignment = 16};
    void* pieces = nullptr;
    {
        const TakenFrames all_frames{0};
        while (void* const block = kernel_heap.allocate(piece)) {
            *static_cast<void**>(block) = std::exchange(pieces, block);
        }
    }
    const std::size_t mapped = kernel_heap.statistics().mapped;
    const std::uint64_t end = heap_start.value() + mapped;
    const std::size_t until_next_table = align_up(end, 2 << 20) - end;
    const auto table_pages = [](std::size_t heap) {
        return align_up(KernelAllocator::table_bytes(heap), 4096) / 4096;
    };
    const std::size_t wanted = until_next_table + 4096;
    const std::size_t more_table = table_pages(mapped + wanted) - table_pages(mapped);
    {
        const TakenFrames taken{until_next_table / 4096 + more_table + 1};
        expect(kernel_heap.allocate({.size = wanted - 16, .alignment = 16}) == nullptr);
        expect_equal(kernel_heap.statistics().mapped, mapped + until_next_table);
        expect_equal(machine->frames.free_count(), 1u);
        const Layout all{.size = until_next_table, .alignment = 16};
        void* const block = kernel_heap.allocate(all);
        expect(block != nullptr);
        if (block != nullptr) {
            kernel_heap.deallocate(block, all);
        }
        expect_equal(kernel_heap.statistics().mapped, mapped + until_next_table);
    }
    while (pieces != nullptr) {
        void* const next = *static_cast<void**>(pieces);
        kernel_heap.deallocate(std::exchange(pieces, next), piece);
    }
}

void it_grows_when_it_is_too_small() {
    {
        constexpr std::size_t mib4 = 4 << 20;
        const std::size_t before = kernel_heap.statistics().mapped;
        const auto large = std::make_unique<std::array<std::uint64_t, mib4 / 8>>();
        large->front() = 1;
        large->back() = 2;
        expect_equal(large->front() + large->back(), 3u);
        const std::size_t mapped = kernel_heap.statistics().mapped;
        expect(mapped > before && mapped < before + mib4 + 3 * 4096 && mapped % 4096 == 0);
        expect(is_on_the_heap(&large->back()));
    }
    // A small block of a large alignment makes it grow by more than the block's size.
    constexpr Layout small{.size = 16, .alignment = 4 << 20};
    void* const aligned = kernel_heap.allocate(small);
    expect(aligned != nullptr && address_of(aligned) % small.alignment == 0);
    kernel_heap.deallocate(aligned, small);
    its_pages_are_writable_and_not_executable();
    in_front_of_it_and_behind_it_nothing_is_mapped();
}

// The heap grows page by page. On a small machine the frames run out first.
void it_grows_up_to_its_limit() {
    std::vector<std::unique_ptr<std::array<char, 4000>>> pages;
    pages.reserve(1 << 15);
    for (;;) {
        auto* const page = new (std::nothrow) std::array<char, 4000>;
        if (page == nullptr) {
            break;
        }
        pages.emplace_back(page);
    }
    const std::size_t mapped = kernel_heap.statistics().mapped;
    expect(mapped <= largest_heap);
    expect(mapped > largest_heap - 2 * 4096 || machine->frames.free_count() < 2);
    pages.clear();
    const auto again = std::make_unique<std::array<char, 1 << 20>>();
    expect(is_on_the_heap(again.get()));
    expect_equal(kernel_heap.statistics().mapped, mapped);
}

constinit InterruptDescriptorTable table;

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine = &machine_with_heap(boot_information_address);
    table.set<Vector::page_fault, on_attempted>();
    table.load();
    run({
        {"the heap begins with 100 KiB", the_heap_begins_with_100_kib},
        {"its pages are writable and not executable", its_pages_are_writable_and_not_executable},
        {"in front of it and behind it nothing is mapped",
         in_front_of_it_and_behind_it_nothing_is_mapped},
        {"objects are allocated and keep their values",
         objects_are_allocated_and_keep_their_values},
        {"a large vector grows", a_large_vector_grows},
        {"many boxes fit, one after the other", many_boxes_fit_one_after_the_other},
        {"many boxes fit beside a long-lived one", many_boxes_fit_beside_a_long_lived_one},
        {"a million operations lose nothing", a_million_operations_lose_nothing},
        {"alignments are kept", alignments_are_kept},
        {"arrays know how many they are", arrays_know_how_many_they_are},
        {"every form of new goes with its delete", every_form_of_new_goes_with_its_delete},
        {"what was freed is not in use", what_was_freed_is_not_in_use},
        {"without throwing, too much is null", without_throwing_too_much_is_null},
        {"a block for which there are too few frames takes none",
         a_block_for_which_there_are_too_few_frames_takes_none},
        {"a heap that cannot grow enough uses what it has got",
         a_heap_that_cannot_grow_enough_uses_what_it_has_got},
        {"it grows when it is too small", it_grows_when_it_is_too_small},
        {"it grows up to its limit", it_grows_up_to_its_limit},
    });
}
