// An allocator around another one that finds mistakes in the use of its blocks.
//
//     | padding | size, alignment | mark | the block | canary |
//                                        '-- the address that the program gets
//
// The mark is computed from the rest of the header, from the block's address, and from whether the
// block is an object, an array or freed. So it does not match if the address is not a block's, if
// the block is freed twice, if it is freed in the wrong form, or if the header was overwritten. The
// canary after the block is a fixed value: if it has changed, the block was overrun.
//
// A freed block is filled with poison, another fixed value, and waits in quarantine before its
// memory is used again. If the poison has changed by then, the block was used after it was freed.
#pragma once

#include "cpu/ring_buffer.hpp"
#include "heap/allocator.hpp"
#include "heap/heap_mistake.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace kernel {

// `report` is called for each mistake that is found, and does not return.
template <typename Inner, std::invocable<FoundMistake> Report>
class CheckedAllocator {
public:
    constexpr CheckedAllocator(Inner& inner, Report report) : inner_{inner}, report_{report} {}

    // Null if `inner` has no memory for the block and its checks.
    [[nodiscard]] void* allocate(Layout layout, Form form) {
        const Layout whole = with_checks(layout);
        void* memory = inner_.allocate(whole);
        while (memory == nullptr && release_oldest()) {
            memory = inner_.allocate(whole);
        }
        if (memory == nullptr) {
            return nullptr;
        }
        std::byte* const block = static_cast<std::byte*>(memory) + front(layout.alignment);
        header(block) = {layout, mark_of(block, layout, form == Form::array ? array : object)};
        std::memset(block + layout.size, canary, canary_size);
        return block;
    }

    // A size of 0 means that the size is not known: often C++ does not know it for an array.
    void deallocate(void* memory, Layout layout, Form form) {
        auto* const block = static_cast<std::byte*>(memory);
        verify(block, layout, form);
        layout = header(block).layout;
        header(block).mark = mark_of(block, layout, freed);
        std::memset(block, poison, layout.size);
        while ((quarantine_.free_slots() == 0 ||
                quarantined_bytes_ + layout.size > most_quarantined) &&
               release_oldest()) {
        }
        static_cast<void>(quarantine_.push(block)); // there is room
        quarantined_bytes_ += layout.size;
    }

private:
    struct Header {
        Layout layout;
        std::uint64_t mark;
    };

    static constexpr std::size_t canary_size = 16; // bytes
    static constexpr int canary = 0xC5;
    static constexpr int poison = 0xDD;
    static constexpr std::size_t most_quarantined = 16 * 1024; // bytes; a larger block waits alone

    // The three states of a block: random numbers, unlikely to be written by mistake.
    static constexpr std::uint64_t object = 0xB10C'A11F'E5A1'17E5;
    static constexpr std::uint64_t array = 0x3A77'A9C0'5E1D'F00D;
    static constexpr std::uint64_t freed = 0x6E75'4F1D'DEAD'C0A1;

    static std::uint64_t mark_of(const std::byte* block, Layout layout, std::uint64_t state) {
        return state ^ reinterpret_cast<std::uintptr_t>(block) ^ std::rotl(layout.size, 20) ^
               std::rotl(layout.alignment, 40);
    }
    static Header& header(std::byte* block) {
        return *reinterpret_cast<Header*>(block - sizeof(Header));
    }
    static bool is(std::uint64_t state, std::byte* block) {
        return reinterpret_cast<std::uintptr_t>(block) % alignof(Header) == 0 &&
               header(block).mark == mark_of(block, header(block).layout, state);
    }

    static constexpr std::size_t front(std::size_t alignment) {
        return align_up(sizeof(Header), std::max(alignment, granule));
    }
    static constexpr Layout with_checks(Layout layout) {
        return {front(layout.alignment) + layout.size + canary_size,
                std::max(layout.alignment, alignof(Header))};
    }

    void verify(std::byte* block, Layout layout, Form form) {
        using enum HeapMistake;
        const bool is_array = form == Form::array;
        if (!is(is_array ? array : object, block)) {
            if (is(freed, block)) {
                report(freed_twice, block);
            }
            if (is(is_array ? object : array, block)) {
                report(is_array ? object_freed_as_array : array_freed_as_object, block);
            }
            report_({never_allocated, block, 0, nullptr});
        }
        const Layout real = header(block).layout;
        if (layout.alignment != real.alignment || (layout.size != 0 && layout.size != real.size)) {
            report(wrong_size, block);
        }
        if (const std::byte* changed = first_other(block + real.size, canary_size, canary)) {
            report(overrun, block, changed);
        }
    }

    void report(HeapMistake mistake, std::byte* block, const std::byte* changed = nullptr) {
        report_({mistake, block, header(block).layout.size, changed});
    }

    // The first of `count` bytes that has another value, or null.
    static const std::byte* first_other(const std::byte* from, std::size_t count, int value) {
        const std::byte* const found = std::find_if(
            from, from + count, [value](std::byte each) { return each != std::byte(value); });
        return found != from + count ? found : nullptr;
    }

    // Frees the block that has been in quarantine longest. False if there is none.
    bool release_oldest() {
        const auto oldest = quarantine_.pop();
        if (!oldest) {
            return false;
        }
        std::byte* const block = *oldest;
        if (!is(freed, block)) { // so its size is not known either
            report_({HeapMistake::used_after_free, block, 0, nullptr});
        }
        const Layout layout = header(block).layout;
        if (const std::byte* changed = first_other(block, layout.size, poison)) {
            report(HeapMistake::used_after_free, block, changed);
        }
        quarantined_bytes_ -= layout.size;
        inner_.deallocate(block - front(layout.alignment), with_checks(layout));
        return true;
    }

    Inner& inner_;
    [[no_unique_address]] Report report_;
    RingBuffer<std::byte*, 64> quarantine_;
    std::size_t quarantined_bytes_ = 0;
};

} // namespace kernel
