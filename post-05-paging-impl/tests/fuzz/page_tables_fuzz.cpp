// Bytes become page tables full of garbage, which point to each other in circles, and calls of the
// mapper on them. Whatever the tables hold: each walk ends, a refused change changes nothing,
// and what was mapped is mapped.
//
// The first byte is the number of entries, of six bytes each: where it is (table and index),
// the flags, bits 8 to 0, the table or page that it leads to, and bits that the CPU ignores. Calls
// are five bytes: which, the four indices of the address (two bytes), a frame, flags.

#include "../unit/recording_tlb.hpp"
#include "fuzz_input.hpp"
#include "memory/frame_allocator.hpp"
#include "memory/mapper.hpp"
#include "memory/translate.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace {

using namespace kernel;

constexpr std::uint64_t frame_bytes = 4096;
constexpr std::size_t tables_of_garbage = 8; // the first eight frames
constexpr std::size_t frames_to_allocate = 8;

// The eight tables appear again and again in all of memory, so every garbage entry leads to one of
// them. No garbage points to a frame of the allocator: it stays below 1 MiB or, with address bits
// that only some CPUs have, begins above 2^48.
constexpr std::uint64_t first_to_allocate = std::uint64_t{1} << 39;

constexpr std::uint64_t what_a_frame_holds = 0xBAD0'BAD0'BAD0'BAD1; // a present entry

struct Memory {
    std::array<PageTable, tables_of_garbage> garbage{};
    std::array<PageTable, frames_to_allocate> allocated{};

    friend bool operator==(const Memory& a, const Memory& b) {
        const auto same = [](const PageTable& one, const PageTable& other) {
            return one.entries == other.entries;
        };
        return std::ranges::equal(a.garbage, b.garbage, same) &&
               std::ranges::equal(a.allocated, b.allocated, same);
    }
};

struct Access {
    Memory* memory;

    PageTable& table_in(Frame<> frame) const {
        const std::uint64_t address = frame.start().value();
        const std::uint64_t number = (address - first_to_allocate) / frame_bytes;
        return address >= first_to_allocate && number < frames_to_allocate
                   ? memory->allocated[number]
                   : memory->garbage[address / frame_bytes % tables_of_garbage];
    }
};

// Refuses frames that it did not hand out.
class Frames {
public:
    explicit Frames(Memory& memory) : memory_{&memory} {
        for (std::size_t number = 0; number < frames_to_allocate; ++number) {
            free_.insert(number);
        }
    }

    std::optional<Frame<>> allocate() {
        if (free_.empty()) {
            return std::nullopt;
        }
        const std::size_t number = *free_.begin();
        free_.erase(free_.begin());
        memory_->allocated[number].entries.fill(PageTableEntry::of_bits(what_a_frame_holds));
        return Frame<>::containing(
            PhysicalAddress::truncated(first_to_allocate + number * frame_bytes));
    }
    std::expected<void, FreeError> free(Frame<> frame) {
        const std::uint64_t number = (frame.start().value() - first_to_allocate) / frame_bytes;
        if (number >= frames_to_allocate || free_.contains(number)) {
            return std::unexpected{FreeError::not_allocated};
        }
        free_.insert(number);
        return {};
    }
    std::uint64_t free_count() const { return free_.size(); }
    bool is_free(std::size_t number) const { return free_.contains(number); }

private:
    Memory* memory_;
    std::set<std::size_t> free_{};
};

constexpr std::array<std::uint64_t, 8> indices{0, 1, 2, 255, 256, 509, 510, 511};

void fill_with_garbage(Memory& memory, FuzzInput& input) {
    for (unsigned count = input.byte() % 32; count > 0; --count) {
        const unsigned place = input.byte();
        const std::uint64_t flags = input.word();
        const std::uint64_t target = input.byte();
        const std::uint64_t ignored = input.word();
        constexpr std::uint64_t address_bits_to_mix = 0x000F'0070'0000'0000;
        memory.garbage[place >> 3 & 7][indices[place & 7]] = PageTableEntry::of_bits(
            (flags & 0x1FF) | (flags & 0x8000) << 48 | (target << 12) |
            ((flags & 0x4000) != 0 ? address_bits_to_mix : 0) | (ignored & 0x3FF) << 52);
    }
}

// The walk as the manual describes it, on plain words.
// [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]
std::optional<Translation> translated(const Memory& memory, std::uint64_t address) {
    std::uint64_t table = 0;
    bool writable = true;
    bool user = true;
    bool no_execute = false;
    for (int shift = 39;; shift -= 9) {
        Memory& readable = const_cast<Memory&>(memory); // NOLINT: only read
        const std::uint64_t entry =
            Access{&readable}
                .table_in(
                    Frame<>::containing(PhysicalAddress::truncated(table)))[address >> shift & 511]
                .bits();
        if ((entry & 1) == 0) {
            return std::nullopt;
        }
        writable = writable && (entry & 2) != 0;
        user = user && (entry & 4) != 0;
        no_execute = no_execute || entry >> 63 != 0;
        const std::uint64_t target = entry & 0x000F'FFFF'FFFF'F000;
        if (shift == 12 || (shift != 39 && (entry & 0x80) != 0)) {
            const std::uint64_t size = std::uint64_t{1} << shift;
            EntryFlags rights = writable ? EntryFlags{EntryFlag::writable} : EntryFlags{};
            rights = user ? rights | EntryFlag::user : rights;
            rights = no_execute ? rights | EntryFlag::no_execute : rights;
            return Translation{
                PhysicalAddress::truncated((target & ~(size - 1)) + (address & (size - 1))),
                shift == 12   ? PageSize::kib4
                : shift == 21 ? PageSize::mib2
                              : PageSize::gib1,
                rights};
        }
        table = target;
    }
}

class Space {
public:
    explicit Space(FuzzInput& input) { fill_with_garbage(*memory_, input); }

    void operate(FuzzInput& input) {
        const unsigned which = input.byte();
        const std::uint64_t place = input.word();
        std::uint64_t address = 0;
        for (int level = 3; level >= 0; --level) {
            address |= indices[place >> 3 * level & 7] << (12 + 9 * level);
        }
        address_ = VirtualAddress::sign_extended(address);
        target_ = PhysicalAddress::truncated(std::uint64_t{input.byte()} << 12);
        const std::uint64_t flags = input.byte();
        flags_ = EntryFlags::of_entry((flags & 0b0111'1110) | (flags & 0x80) << 56);
        before_ = *memory_;
        frames_before_ = frames_.free_count();
        check_translation(address_);
        switch (which % 3) {
        case 0:
            return operate<PageSize::kib4>(which / 3);
        case 1:
            return operate<PageSize::mib2>(which / 3);
        default:
            return operate<PageSize::gib1>(which / 3);
        }
    }

private:
    template <PageSize Size>
    void operate(unsigned which) {
        const auto page = Page<Size>::containing(address_);
        const auto frame = Frame<Size>::containing(target_);
        switch (which % 4) {
        case 0:
            return map(page, frame);
        case 1:
            return unmap(page);
        case 2:
            return map_range(size_in_bytes(Size));
        default:
            return unmap_range(size_in_bytes(Size));
        }
    }

    void check_translation(VirtualAddress address) const {
        require(translate(access_, level_4_, address) == translated(*memory_, address.value()),
                "a translation is the manual's");
    }

    void check_unchanged() const {
        require(*memory_ == before_, "a refused change changes nothing");
        require(frames_.free_count() == frames_before_, "and takes no frame");
    }

    void check_mapped(VirtualAddress address, PhysicalAddress to, PageSize size) const {
        const auto now = translate(access_, level_4_, address);
        require(now.has_value(), "what was mapped is mapped");
        require(now->address == to, "to where it was mapped");
        require(now->size == size, "in a page of that size");
        for (const EntryFlag flag : {EntryFlag::writable, EntryFlag::user}) {
            require(flags_.has(flag) || !now->rights.has(flag),
                    "with no more rights than were asked for");
        }
        require(!flags_.has(EntryFlag::no_execute) || now->rights.has(EntryFlag::no_execute),
                "nor to execute it");
        check_translation(address);
    }

    // Each new table was empty, and some entry points to it.
    void check_new_tables() const {
        for (std::size_t number = 0;
             frames_.free_count() < frames_before_ && number < frames_to_allocate; ++number) {
            if (frames_.is_free(number) || lost_[number]) {
                continue;
            }
            for (const PageTableEntry entry : memory_->allocated[number].entries) {
                require(entry.bits() != what_a_frame_holds, "a new table is empty at first");
            }
            require(links_to(first_to_allocate + number * frame_bytes),
                    "a frame that was taken is a table");
        }
    }

    bool links_to(std::uint64_t table) const {
        const auto leads_there = [table](const PageTable& from) {
            return std::ranges::any_of(from.entries, [table](PageTableEntry entry) {
                return entry.is_present() && (entry.bits() & 0x000F'FFFF'FFFF'F000) == table;
            });
        };
        return std::ranges::any_of(memory_->garbage, leads_there) ||
               std::ranges::any_of(memory_->allocated, leads_there);
    }

    // Where tables point to each other in circles, a change can cut off others.
    void note_lost_tables() {
        for (std::size_t number = 0; number < frames_to_allocate; ++number) {
            lost_[number] =
                !frames_.is_free(number) && !links_to(first_to_allocate + number * frame_bytes);
        }
    }

    template <PageSize Size>
    void map(Page<Size> page, Frame<Size> frame) {
        const auto found = translate(access_, level_4_, page.start());
        const auto mapped = mapper_.map(page, frame, flags_, frames_);
        if (!mapped) {
            check_unchanged();
            require(mapped.error() != MapError::inside_large_page || (found && found->size > Size),
                    "only a larger page is said to be in the way");
            return;
        }
        require(!found, "nothing was mapped there before");
        check_mapped(page.start(), frame.start(), Size);
        check_new_tables();
    }

    template <PageSize Size>
    void unmap(Page<Size> page) {
        const auto found = translate(access_, level_4_, page.start());
        auto unmapped = mapper_.unmap(page, frames_);
        require(unmapped.has_value() == (found && found->size == Size),
                "a page that is mapped in this size can be unmapped");
        if (!unmapped) {
            return check_unchanged();
        }
        require(unmapped->frame.start() == found->address, "its frame comes back");
        RecordingTlb tlb;
        std::move(unmapped->flush).flush(tlb);
        require(tlb.pages == std::vector{page.start().value()}, "the CPU is told of it");
        require(!translate(access_, level_4_, page.start()), "it is no longer mapped");
        note_lost_tables();
    }

    // From the page that the address is in.
    void map_range(std::uint64_t size) {
        const auto start = Page<>::containing(address_).start();
        if (!mapper_.map_range(start, target_, size, flags_, frames_)) {
            return check_unchanged();
        }
        check_translation(start);
        // If tables point to each other in circles, a later step of map_range can overwrite the
        // entry of a table that an earlier step has made: that table is lost.
        note_lost_tables();
        check_new_tables();
    }

    void unmap_range(std::uint64_t size) {
        const auto start = Page<>::containing(address_).start();
        auto flush = mapper_.unmap_range(start, size, frames_);
        if (!flush) {
            return check_unchanged();
        }
        std::move(*flush).ignore();
        check_translation(start);
        note_lost_tables();
    }

    std::unique_ptr<Memory> memory_ = std::make_unique<Memory>();
    Memory before_{};
    std::size_t frames_before_ = 0;
    Access access_{memory_.get()};
    Frame<> level_4_ = Frame<>::containing(PhysicalAddress::truncated(0));
    Mapper<Access> mapper_{level_4_, access_};
    Frames frames_{*memory_};
    std::array<bool, frames_to_allocate> lost_{};
    VirtualAddress address_{};
    PhysicalAddress target_{};
    EntryFlags flags_{};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzInput input{data, size};
    const auto space = std::make_unique<Space>(input);
    for (int operations = 0; operations < 40 && !input.empty(); ++operations) {
        space->operate(input);
    }
    return 0;
}
