// Memory for an allocator under test, and a record of all blocks that it hands out.
//
// AddressSanitizer is told which bytes may be touched: by the allocator, while it runs, only those
// that are free, and by the test only those in use. Everything else that is wrong is thrown as an
// exception, so that tests and fuzz programs can share this class.
#pragma once

#include "allocator_over.hpp"
#include "poison.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <span>
#include <stdexcept>
#include <string>

struct WrongBlock : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <kernel::Allocator A>
class HeapArena {
public:
    static constexpr std::size_t alignment = 4096;

    explicit HeapArena(std::size_t size)
        : size_{size},
          memory_{allocate_memory(size + 2 * alignment)},
          start_{memory_.get() + alignment},
          allocator_{allocator_over<A>({start_, size})} {
        forbid(memory_.get(), alignment);
        forbid(start_, size);
        forbid(start_ + size, alignment);
    }
    ~HeapArena() { permit(memory_.get(), size_ + 2 * alignment); }
    HeapArena(const HeapArena&) = delete;
    HeapArena& operator=(const HeapArena&) = delete;

    // A block that has been checked and filled, or null.
    std::byte* allocate(kernel::Layout layout) {
        forbid_live_bytes();
        auto* const block = static_cast<std::byte*>(allocator_.allocate(layout));
        if (block != nullptr) {
            check_place(block, layout);
            live_.emplace(block, layout);
        }
        forbid_free_bytes();
        if (block != nullptr) {
            fill(block, layout.size);
        }
        return block;
    }

    // Throws if the block no longer holds what allocate() has put there.
    void deallocate(std::byte* block) {
        const auto found = live_.find(block);
        if (found == live_.end()) {
            throw WrongBlock{"the test frees an address that is not a block"};
        }
        check_content(block, found->second.size);
        const kernel::Layout layout = found->second;
        live_.erase(found);
        forbid_live_bytes();
        allocator_.deallocate(block, layout);
        forbid_free_bytes();
    }

    void deallocate_all() {
        while (!live_.empty()) {
            deallocate(live_.begin()->first);
        }
    }

    // The size of the largest block that can be allocated, a multiple of 16.
    std::size_t largest() {
        for (std::size_t size = size_ / 16 * 16; size != 0; size -= 16) {
            if (std::byte* const block = allocate({size, 16})) {
                deallocate(block);
                return size;
            }
        }
        return 0;
    }

    // Calls look(allocator), which may read what the allocator keeps in free blocks.
    template <typename Look>
    auto look(Look look) {
        forbid_live_bytes();
        auto result = look(allocator_);
        forbid_free_bytes();
        return result;
    }

    const std::map<std::byte*, kernel::Layout>& live() const { return live_; }
    std::byte* start() const { return start_; }

private:
    struct Release {
        void operator()(std::byte* memory) const {
            operator delete[](memory, std::align_val_t{alignment});
        }
    };
    using Memory = std::unique_ptr<std::byte[], Release>;

    // Not zeroed: allocators must not rely on that.
    static Memory allocate_memory(std::size_t size) {
        Memory memory{new (std::align_val_t{alignment}) std::byte[size]};
        std::fill_n(memory.get(), size, std::byte{0xA5});
        return memory;
    }

    void check_place(std::byte* block, kernel::Layout layout) const {
        if (block < start_ || block + layout.size > start_ + size_) {
            throw WrongBlock{"a block lies outside the memory"};
        }
        if (reinterpret_cast<std::uintptr_t>(block) % layout.alignment != 0) {
            throw WrongBlock{"a block is not aligned"};
        }
        const auto next = live_.lower_bound(block);
        if (next != live_.end() && next->first < block + layout.size) {
            throw WrongBlock{"a block overlaps the next one"};
        }
        if (next != live_.begin()) {
            const auto& [before, its] = *std::prev(next);
            if (before + its.size > block) {
                throw WrongBlock{"a block overlaps the one before"};
            }
        }
    }

    // A byte that depends on the block's address: two blocks rarely have the same, even if they
    // begin in the same word.
    static std::byte pattern(const std::byte* block) {
        return static_cast<std::byte>(
            (reinterpret_cast<std::uintptr_t>(block) * 0x9E37'79B9'7F4A'7C15) >> 56);
    }
    static void fill(std::byte* block, std::size_t size) {
        std::memset(block, std::to_integer<int>(pattern(block)), size);
    }
    static void check_content(const std::byte* block, std::size_t size) {
        // If the first byte is right and each equals the next one, all are right.
        if (block[0] != pattern(block) || std::memcmp(block, block + 1, size - 1) != 0) {
            throw WrongBlock{"the content of a block has changed"};
        }
    }

    void forbid_live_bytes() const {
        permit(start_, size_);
        for (const auto& [block, layout] : live_) {
            forbid(block, layout.size);
        }
    }
    void forbid_free_bytes() const {
        forbid(start_, size_);
        for (const auto& [block, layout] : live_) {
            permit(block, layout.size);
        }
    }

    std::size_t size_;
    Memory memory_;
    std::byte* start_;
    A allocator_;
    std::map<std::byte*, kernel::Layout> live_;
};
