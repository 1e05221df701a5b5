#include "mapped_memory.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace kernel;
using enum PageSize;
using enum EntryFlag;

// The mapper against a std::map of pages, at a few addresses where many pages meet.
class Model {
public:
    explicit Model(unsigned seed, bool boot_tables) : random_{seed} {
        if (boot_tables) {
            for (const std::uint64_t place : places) {
                space_.add_boot_table(place, Level::level_3, writable | user);
            }
            space_.add_boot_table(places[0], Level::level_2, writable | user);
            space_.add_boot_table(places[0], Level::level_1, writable | user);
        }
        before_ = space_.memory.snapshot();
    }

    void step() {
        space_.frames.left = any(8) == 0 ? any(4) : 1'000;
        switch (any(10)) {
        case 0:
            return map_range();
        case 1:
            return unmap_range();
        case 2:
            return of_size<gib1>();
        case 3:
        case 4:
            return of_size<mib2>();
        default:
            return of_size<kib4>();
        }
    }

    void check() {
        const Survey found = space_.survey();
        ASSERT_EQ(found.pages, oracle_);
        ASSERT_FALSE(found.garbage);
        for (const Frame<> table : space_.frames.in_use) {
            ASSERT_TRUE(found.tables.contains(table)) << "lost";
        }
    }

    void check_translation() {
        const std::uint64_t address = any_page(kib4) + any(4096);
        const auto found = space_.mapper.translate(at(address));
        const auto page = around(address);
        ASSERT_EQ(found.has_value(), page != oracle_.end());
        if (found) {
            ASSERT_EQ(found->address.value(), page->second.to + (address - page->first));
            ASSERT_EQ(found->size, page->second.size);
            ASSERT_EQ(found->permissions(), Permissions::of(page->second.flags));
        }
    }

    void unmap_everything() {
        for (const auto& [address, mapped] : Contents{oracle_}) {
            ASSERT_TRUE(mapped.size == kib4   ? space_.unmap(page<kib4>(address))
                        : mapped.size == mib2 ? space_.unmap(page<mib2>(address))
                                              : space_.unmap(page<gib1>(address)));
        }
        ASSERT_TRUE(space_.frames.in_use.empty());
        oracle_.clear();
    }

    bool is_as_before() const {
        const auto now = space_.memory.snapshot();
        return now == before_;
    }
    std::size_t pages() const { return oracle_.size(); }

private:
    static constexpr std::array<std::uint64_t, 4> places{
        0x0, 0x007F'8000'0000, 0xFFFF'8000'0000'0000, 0xFFFF'FFFF'8000'0000};

    std::uint64_t any(std::uint64_t below) {
        return std::uniform_int_distribution<std::uint64_t>{0, below - 1}(random_);
    }

    // Near the boundary of 1 GiB or 2 MiB.
    std::uint64_t any_page(PageSize size) {
        const std::uint64_t large = 0x4000'0000 * any(2);
        const std::uint64_t middle = 0x20'0000 * (any(2) == 0 ? any(3) : 509 + any(3));
        const std::uint64_t small = 0x1000 * (any(2) == 0 ? any(3) : 509 + any(3));
        return places[any(places.size())] + large + (size < gib1 ? middle : 0) +
               (size < mib2 ? small : 0);
    }

    EntryFlags any_flags() {
        EntryFlags flags;
        for (const EntryFlag flag : {writable, user, no_execute, global}) {
            flags = any(2) == 0 ? flags | flag : flags;
        }
        return flags;
    }

    static std::uint64_t last(Contents::const_iterator page) {
        return page->first + (size_in_bytes(page->second.size) - 1);
    }
    // The first page that ends at the address or after it.
    Contents::const_iterator first_from(std::uint64_t address) const {
        auto page = oracle_.upper_bound(address);
        if (page != oracle_.begin() && last(std::prev(page)) >= address) {
            --page;
        }
        return page;
    }
    Contents::const_iterator around(std::uint64_t address) const {
        const auto page = first_from(address);
        return page != oracle_.end() && page->first <= address ? page : oracle_.end();
    }
    bool is_free(std::uint64_t start, std::uint64_t size) const {
        const auto page = first_from(start);
        return page == oracle_.end() || page->first > start + (size - 1);
    }

    static bool leaves_its_half(std::uint64_t start, std::uint64_t size) {
        return (start ^ (start + size - 1)) >> 47 != 0;
    }

    static EntryFlags leaf(EntryFlags flags, PageSize size) {
        return flags | present | (size == kib4 ? EntryFlags{} : EntryFlags{large_page});
    }

    template <PageSize Size>
    void of_size() {
        const std::uint64_t address = any_page(Size);
        const auto found = oracle_.find(address);
        const bool there = found != oracle_.end() && found->second.size == Size;
        const UnmapError no = is_free(address, 1) && is_free(address, size_in_bytes(Size))
                                  ? UnmapError::not_mapped
                                  : UnmapError::other_page_size;
        switch (any(4)) {
        case 0: {
            auto unmapped = space_.mapper.unmap(page<Size>(address), space_.frames);
            ASSERT_EQ(unmapped.has_value(), there);
            if (!unmapped) {
                ASSERT_TRUE(unmapped.error() == no || boot_table_at(address, Size));
                return;
            }
            ASSERT_EQ(unmapped->frame.start().value(), found->second.to);
            ASSERT_EQ(flushed(std::move(unmapped->flush)).pages, std::vector{address});
            oracle_.erase(found);
            return;
        }
        default:
            const std::uint64_t to = any(1 << 20) * size_in_bytes(Size);
            const EntryFlags flags = any_flags();
            const std::uint64_t left = space_.frames.left;
            const auto mapped =
                space_.mapper.map(page<Size>(address), frame<Size>(to), flags, space_.frames);
            if (!mapped) {
                ASSERT_EQ(space_.frames.left, left);
                const bool out = mapped.error() == MapError::out_of_frames;
                ASSERT_TRUE(out ? left < 3
                                : !is_free(address, size_in_bytes(Size)) ||
                                      boot_table_at(address, Size));
                const auto in_the_way = around(address);
                ASSERT_EQ(mapped.error() == MapError::inside_large_page,
                          !out && in_the_way != oracle_.end() && in_the_way->second.size > Size);
                return;
            }
            ASSERT_TRUE(is_free(address, size_in_bytes(Size)));
            oracle_[address] = {to, Size, leaf(flags, Size)};
        }
    }

    // Boot code's tables stay, and are in the way of larger pages even when they are empty.
    bool boot_table_at(std::uint64_t address, PageSize size) {
        return size != kib4 && space_.entry(address, size).is_present();
    }

    void map_range() {
        const std::uint64_t start = any_page(kib4);
        const std::uint64_t size = 0x1000 * (1 + any(any(2) == 0 ? 8 : 1'200));
        if (leaves_its_half(start, size)) {
            return;
        }
        const std::uint64_t to =
            (any(2) == 0 ? start & 0x7FFF'FFFF'F000 : any(1 << 20) << 12) % (1ULL << 46);
        const auto largest = static_cast<PageSize>(1 + any(3));
        const EntryFlags flags = any_flags();
        const auto before = space_.memory.snapshot();
        const auto mapped =
            space_.mapper.map_range(at(start), memory_at(to), size, flags, space_.frames, largest);
        if (!mapped) {
            ASSERT_EQ(space_.memory.snapshot(), before);
            ASSERT_TRUE(mapped.error() != MapError::no_such_range);
            ASSERT_TRUE(mapped.error() == MapError::out_of_frames || !is_free(start, size) ||
                        start < 0x20'0000);
            return;
        }
        ASSERT_TRUE(is_free(start, size));
        for (std::uint64_t done = 0; done < size;) {
            const bool large = largest != kib4 && (start + done) % 0x20'0000 == 0 &&
                               (to + done) % 0x20'0000 == 0 && size - done >= 0x20'0000;
            const PageSize fits = large ? mib2 : kib4;
            oracle_[start + done] = {to + done, fits, leaf(flags, fits)};
            done += size_in_bytes(fits);
        }
    }

    void unmap_range() {
        const std::uint64_t start = any_page(static_cast<PageSize>(1 + any(3)));
        const std::uint64_t size = any(2) == 0 ? 0x1000 * any(2'000) : 0x20'0000 * any(600);
        if (size == 0 || leaves_its_half(start, size)) {
            return;
        }
        const auto before = space_.memory.snapshot();
        const auto first = around(start);
        const auto end = around(start + (size - 1));
        const bool cut = (first != oracle_.end() && first->first < start) ||
                         (end != oracle_.end() && last(end) > start + (size - 1));
        auto pending = space_.mapper.unmap_range(at(start), size, space_.frames);
        ASSERT_EQ(pending.has_value(), !cut);
        if (cut) {
            ASSERT_EQ(pending.error(), UnmapError::other_page_size);
            ASSERT_EQ(space_.memory.snapshot(), before);
            return;
        }
        const RecordingTlb tlb = flushed(std::move(*pending));
        for (auto page = first_from(start);
             page != oracle_.end() && last(page) <= start + (size - 1);) {
            ASSERT_TRUE(tlb.all == 1 || std::ranges::any_of(tlb.pages, [&](std::uint64_t told) {
                            return told >= page->first && told <= last(page);
                        }));
            page = oracle_.erase(page);
        }
    }

    AddressSpace space_{};
    std::mt19937 random_;
    std::map<std::uint64_t, std::array<PageTableEntry, 512>> before_;
    Contents oracle_{};
};

TEST(MapperModel, AgreesWithAPlainMapOfPages) {
    for (unsigned seed = 0; seed < 12; ++seed) {
        Model model{seed, seed % 2 == 1};
        for (int step = 0; step < 600; ++step) {
            SCOPED_TRACE(testing::Message() << "seed " << seed << " step " << step);
            model.step();
            model.check_translation();
            if (step % 16 == 0) {
                model.check();
            }
            if (testing::Test::HasFatalFailure()) {
                return;
            }
        }
        model.check();
        model.unmap_everything();
        if (seed % 2 == 0) {
            EXPECT_TRUE(model.is_as_before());
        }
    }
}

} // namespace
