// An allocator that notices what those do wrong who use it.
//
//     | padding | header | what was asked for | canary |
//                        '-- the block begins here
//
// The header knows the block's size, and a mark in it depends on the block's address: a pointer
// that is no block's is found out, and one that comes back a second time. The canary behind the
// block is a value that nobody writes by chance: it dies when the block is overrun.
//
// A block that comes back is filled with poison and waits in quarantine. When its memory is to be
// used again the poison must be whole, or else somebody has gone on writing there.
#pragma once

#include "heap/allocator.hpp"
#include "heap/block_header.hpp"
#include "heap/heap_mistake.hpp"
#include "heap/quarantine.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <new>

namespace kernel {

// `report` is called with each mistake that is found, and does not return.
template <Allocator Inner, std::invocable<FoundMistake> Report>
class CheckedAllocator {
public:
    constexpr CheckedAllocator(Inner& inner, Report report) : inner_{inner}, report_{report} {}

    [[nodiscard]] void* allocate(Layout layout, Form form) {
        const Layout whole = with_checks(layout);
        void* memory = inner_.allocate(whole);
        while (memory == nullptr && !quarantine_.is_empty()) {
            release_first();
            memory = inner_.allocate(whole);
        }
        if (memory == nullptr) {
            return nullptr;
        }
        std::byte* const block = static_cast<std::byte*>(memory) + front(layout.alignment);
        new (block - sizeof(BlockHeader)) BlockHeader{address(block), layout, form};
        std::fill_n(block + layout.size, canary_size, canary);
        return block;
    }

    void deallocate(void* memory, Layout layout, Form form) {
        auto* const block = static_cast<std::byte*>(memory);
        verify(block, layout, form);
        header(block).set_freed(address(block));
        std::fill_n(block, layout.size, poison);
        while (quarantine_.is_full_for(layout.size)) {
            release_first();
        }
        quarantine_.push(block, layout.size);
    }

private:
    static constexpr std::byte canary{0xC5};
    static constexpr std::size_t canary_size = 16; // bytes
    static constexpr std::byte poison{0xDD};
    static constexpr std::size_t page_size = 4096;

    static constexpr std::size_t front(std::size_t alignment) {
        return align_up(sizeof(BlockHeader), alignment);
    }
    static constexpr Layout with_checks(Layout layout) {
        const std::size_t alignment = std::max(layout.alignment, alignof(BlockHeader));
        return {front(alignment) + layout.size + canary_size, alignment};
    }

    static std::uintptr_t address(const std::byte* block) {
        return reinterpret_cast<std::uintptr_t>(block);
    }
    static BlockHeader& header(std::byte* block) {
        return *reinterpret_cast<BlockHeader*>(block - sizeof(BlockHeader));
    }
    static BlockHeader::State state(std::byte* block) {
        return address(block) % alignof(BlockHeader) == 0 ? header(block).state(address(block))
                                                          : BlockHeader::State::none;
    }

    void verify(std::byte* block, Layout layout, Form form) {
        using enum HeapMistake;
        if (state(block) == BlockHeader::State::freed) {
            report(freed_twice, block);
        }
        if (state(block) == BlockHeader::State::none) {
            report_missing(block, layout.alignment, form);
        }
        if (header(block).form() != form) {
            report(mismatch(form), block);
        }
        if (header(block).layout() != layout) {
            report(wrong_size, block);
        }
        if (const std::byte* changed = first_other(block + layout.size, canary_size, canary)) {
            report(overrun, block, changed);
        }
    }

    // Of a block that has a header. An array's owner does not know of the cookie.
    void report(HeapMistake mistake, std::byte* block, const std::byte* changed = nullptr) {
        const Layout layout = header(block).layout();
        const std::size_t cookie =
            header(block).form() == Form::array ? array_cookie(layout.alignment) : 0;
        report_({mistake, block + cookie, layout.size - cookie, changed});
    }

    static HeapMistake mismatch(Form freed_as) {
        return freed_as == Form::array ? HeapMistake::object_freed_as_array
                                       : HeapMistake::array_freed_as_object;
    }

    // If an object is freed as an array, or the other way round, there is a block as far away as a
    // cookie is long. In front one looks only within the page: beyond there may be nothing.
    void report_missing(std::byte* block, std::size_t alignment, Form freed_as) {
        const std::size_t cookie = array_cookie(alignment);
        const bool as_array = freed_as == Form::array;
        std::byte* const other = as_array ? block + cookie : block - cookie;
        if ((as_array || address(block) % page_size >= cookie + sizeof(BlockHeader)) &&
            state(other) == BlockHeader::State::live && header(other).form() != freed_as) {
            report(mismatch(freed_as), other);
        }
        report_({HeapMistake::never_allocated, block, 0});
    }

    static const std::byte* first_other(const std::byte* from, std::size_t count, std::byte value) {
        const std::byte* const end = from + count;
        const std::byte* const found =
            std::find_if(from, end, [value](std::byte byte) { return byte != value; });
        return found != end ? found : nullptr;
    }

    void release_first() {
        std::byte* const block = quarantine_.first();
        if (state(block) != BlockHeader::State::freed) { // so nobody knows its size either
            report_({HeapMistake::used_after_free, block, 0});
        }
        const Layout layout = header(block).layout();
        if (const std::byte* changed = first_other(block, layout.size, poison)) {
            report(HeapMistake::used_after_free, block, changed);
        }
        quarantine_.pop(layout.size);
        inner_.deallocate(block - front(layout.alignment), with_checks(layout));
    }

    Inner& inner_;
    [[no_unique_address]] Report report_;
    Quarantine quarantine_;
};

} // namespace kernel
