// The page tables that the CPU uses, read by the kernel itself.

#include "console/console.hpp"
#include "memory/cpu_paging.hpp"
#include "memory/direct_map.hpp"
#include "memory/mapping.hpp"
#include "memory/translate.hpp"
#include "support/kernel_test.hpp"

using namespace kernel;
using namespace kernel_test;

extern "C" std::byte level4_table[];
extern "C" std::byte code_start[], code_end[], rodata_start[], rodata_end[], kernel_end[];

namespace {

std::optional<Translation> translated(std::uint64_t address) {
    return translate(identity_map, active_level_4_table(), VirtualAddress::sign_extended(address));
}

template <typename T>
std::uint64_t address_of(T* pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

void the_active_table_is_the_boot_codes() {
    expect_equal(active_level_4_table().start().value(), address_of(level4_table));
}

void write_protection_and_no_execute_are_switched_on() {
    std::uint64_t cr0;
    asm volatile("mov %%cr0, %0" : "=r"(cr0));
    expect((cr0 & 1 << 16) != 0);
    constexpr std::uint32_t efer = 0xC000'0080;
    std::uint32_t low, high;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(efer));
    expect((low & 1 << 11) != 0);
}

void no_page_is_writable_and_executable() {
    std::uint64_t pages = 0;
    for_each_mapping(identity_map, active_level_4_table(), [&pages](const Mapping& mapping) {
        expect(!(mapping.permissions.writable && mapping.permissions.executable));
        ++pages;
    });
    // Small pages, without page 0 and two guards of two pages, and then large ones.
    expect_equal(pages, 512u - 1 - 2 * 2 + 511);
}

void each_part_of_the_kernel_has_its_permissions() {
    constexpr Permissions read_execute{.writable = false, .executable = true, .user = false};
    constexpr Permissions read_only{.writable = false, .executable = false, .user = false};
    constexpr Permissions read_write{.writable = true, .executable = false, .user = false};
    const std::uint64_t code = address_of(code_start);
    const std::uint64_t code_stop = address_of(code_end);
    const std::uint64_t rodata = address_of(rodata_start);
    const std::uint64_t rodata_stop = address_of(rodata_end);
    expect(code < code_stop && code_stop <= rodata && rodata < rodata_stop);
    unsigned guard_pages = 0;
    for (std::uint64_t page = 0x1000; page < 0x20'0000; page += 4096) {
        const auto found = translated(page);
        if (!found) {
            ++guard_pages;
            continue;
        }
        const bool is_code = page >= code && page < code_stop;
        const bool is_rodata = page >= rodata && page < rodata_stop;
        expect(found->permissions() == (is_code     ? read_execute
                                        : is_rodata ? read_only
                                                    : read_write));
        expect_equal(found->address.value(), page);
        expect(found->size == PageSize::kib4);
    }
    expect_equal(guard_pages, 4u);
    const auto last = translated(0x3FFF'FFFF);
    expect(last && last->permissions() == read_write);
}

void what_is_not_mapped_has_no_translation() {
    expect(!translated(0));
    expect(!translated(0x4000'0000));
    expect(!translated(0xFFFF'8000'0000'0000));
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"the active table is the boot code's", the_active_table_is_the_boot_codes},
        {"write protection and no-execute are switched on",
         write_protection_and_no_execute_are_switched_on},
        {"no page is writable and executable", no_page_is_writable_and_executable},
        {"each part of the kernel has its permissions",
         each_part_of_the_kernel_has_its_permissions},
        {"what is not mapped has no translation", what_is_not_mapped_has_no_translation},
    });
}
