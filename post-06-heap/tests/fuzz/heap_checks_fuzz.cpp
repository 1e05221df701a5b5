// Turns its input into operations on a checked heap, up to the first mistake. The mistake must be
// found and named, and nothing may be reported before it.
//
// An operation is four bytes: its kind (two thirds are allocations and frees), a block, and two
// bytes for the size, the alignment and the form.

#include "../unit/allocator_over.hpp"
#include "fuzz_input.hpp"
#include "heap/checked_allocator.hpp"
#include "heap/size_class_allocator.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

namespace {

using namespace kernel;

struct Throw {
    [[noreturn]] void operator()(FoundMistake found) const { throw found; }
};

struct Block {
    std::byte* start;
    Layout layout;
    Form form;
    std::byte filling;
};

constexpr std::size_t header_size = 24;
constexpr std::size_t canary_size = 16;
constexpr std::size_t quarantined_blocks = 64;

class Heap {
public:
    // False after a mistake.
    bool operate(FuzzInput& input) {
        const unsigned which = input.byte() % 24;
        const std::size_t chosen = input.byte();
        const std::size_t word = input.word();
        if (which < 10 || live_.empty()) {
            allocate({1 + (word & 0x3FF), std::size_t{16} << (word >> 10 & 3)},
                     (word & 0x1000) != 0 ? Form::array : Form::object);
            return true;
        }
        std::swap(live_[chosen % live_.size()], live_.back());
        const Block block = live_.back();
        live_.pop_back();
        require_untouched(block);
        switch (which) {
        case 10:
            return free_twice(block);
        case 11:
            return free_with_another_size(block, word);
        case 12:
            return free_in_the_other_form(block);
        case 13:
            return overrun(block, word);
        case 14:
            return write_into_freed(block, word);
        case 15:
            return write_in_front(block, word);
        case 16:
            return free_from_the_inside(block, word);
        default:
            require(!freed(block), "correct use is not reported");
            return true;
        }
    }

private:
    void allocate(Layout layout, Form form) {
        auto* const start = static_cast<std::byte*>(heap_.allocate(layout, form));
        if (start == nullptr) {
            return;
        }
        require(reinterpret_cast<std::uintptr_t>(start) % layout.alignment == 0,
                "a block is aligned");
        const Block block{start, layout, form, std::byte{++fillings_}};
        std::memset(start, fillings_, layout.size);
        live_.push_back(block);
    }

    static void require_untouched(const Block& block) {
        for (std::size_t i = 0; i < block.layout.size; ++i) {
            require(block.start[i] == block.filling, "a block keeps its content");
        }
    }

    std::optional<FoundMistake> freed(const Block& block) {
        try {
            heap_.deallocate(block.start, block.layout, block.form);
        } catch (const FoundMistake& found) {
            return found;
        }
        return std::nullopt;
    }

    static bool expect(const std::optional<FoundMistake>& found, HeapMistake mistake) {
        require(found.has_value(), "a mistake is found");
        require(found->mistake == mistake, "the mistake has its right name");
        return false;
    }

    bool free_twice(const Block& block) {
        require(!freed(block), "freeing once is not reported");
        return expect(freed(block), HeapMistake::freed_twice);
    }

    bool free_with_another_size(Block block, std::size_t word) {
        block.layout.size += 1 + word % 64;
        return expect(freed(block), HeapMistake::wrong_size);
    }

    bool free_in_the_other_form(Block block) {
        const bool array = block.form == Form::array;
        block.form = array ? Form::object : Form::array;
        return expect(freed(block), array ? HeapMistake::array_freed_as_object
                                          : HeapMistake::object_freed_as_array);
    }

    bool overrun(const Block& block, std::size_t word) {
        std::byte* const behind = block.start + block.layout.size + word % canary_size;
        *behind ^= flipped(word);
        const auto found = freed(block);
        expect(found, HeapMistake::overrun);
        require(found->changed == behind, "the byte that was written is named");
        return false;
    }

    // Allocates and frees until the block has left the quarantine.
    bool write_into_freed(const Block& block, std::size_t word) {
        require(!freed(block), "correct use is not reported");
        std::byte* const inside = block.start + word % block.layout.size;
        *inside ^= flipped(word);
        std::optional<FoundMistake> found;
        for (std::size_t i = 0; i < 2 * quarantined_blocks && !found; ++i) {
            found = come_and_go();
        }
        expect(found, HeapMistake::used_after_free);
        require(found->changed == inside, "the byte that was written is named");
        return false;
    }

    std::optional<FoundMistake> come_and_go() {
        try {
            const Layout layout{8, 16};
            void* const other = heap_.allocate(layout, Form::object);
            if (other != nullptr) {
                heap_.deallocate(other, layout, Form::object);
            }
        } catch (const FoundMistake& found) {
            return found;
        }
        return std::nullopt;
    }

    bool write_in_front(const Block& block, std::size_t word) {
        block.start[-1 - static_cast<std::ptrdiff_t>(word % header_size)] ^= flipped(word);
        return expect(freed(block), HeapMistake::never_allocated);
    }

    bool free_from_the_inside(Block block, std::size_t word) {
        block.start += 1 + word % block.layout.size;
        return expect(freed(block), HeapMistake::never_allocated);
    }

    // One bit.
    static std::byte flipped(std::size_t word) {
        return static_cast<std::byte>(1U << (word >> 8 & 7));
    }

    struct alignas(4096) Memory {
        std::array<std::byte, 32 * 1024> bytes;
    };
    std::unique_ptr<Memory> memory_ = std::make_unique<Memory>();
    SizeClassAllocator inner_ = allocator_over<SizeClassAllocator>(memory_->bytes);
    CheckedAllocator<SizeClassAllocator, Throw> heap_{inner_, {}};
    std::vector<Block> live_{};
    std::uint8_t fillings_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzInput input{data, size};
    Heap heap;
    while (!input.empty() && heap.operate(input)) {
    }
    return 0;
}
