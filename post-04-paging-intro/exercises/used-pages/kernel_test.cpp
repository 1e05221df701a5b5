// Judges the exercise used-pages.

#include "support/kernel_test.hpp"
#include "memory/used_pages.hpp"

using namespace kernel;
using namespace kernel_test;

namespace {

constexpr VirtualAddress small_page = VirtualAddress::sign_extended(0x1F'0000);
constexpr VirtualAddress other_page = VirtualAddress::sign_extended(0x1F'1000);
constexpr VirtualAddress large_page = VirtualAddress::sign_extended(0x3FE0'0000);

void touch(VirtualAddress address) {
    static_cast<void>(*address.as<volatile std::uint8_t>());
}

void a_page_that_is_read_is_used() {
    forget_used_pages();
    expect(!is_used(small_page));
    touch(small_page);
    expect(is_used(small_page));
    expect(!is_used(other_page));
}

void a_large_page_is_used_as_a_whole() {
    forget_used_pages();
    touch(large_page);
    expect(is_used(VirtualAddress::sign_extended(large_page.value() + 0x10'0000)));
    expect(!is_used(VirtualAddress::sign_extended(large_page.value() - 1)));
}

void use_is_noticed_again_and_again() {
    for (int round = 0; round < 3; ++round) {
        forget_used_pages();
        expect(!is_used(small_page));
        touch(small_page);
        expect(is_used(small_page));
    }
}

void pages_are_counted() {
    forget_used_pages();
    const std::uint64_t without = count_used_pages();
    forget_used_pages();
    touch(small_page);
    touch(other_page);
    touch(large_page);
    const std::uint64_t with = count_used_pages();
    expect_equal(with, without + 3);
    expect(without > 0); // code, stack and tables
    expect(without < 100);
}

} // namespace

extern "C" [[noreturn]] void kernel_main() {
    initialize_console();
    run({
        {"a page that is read is used", a_page_that_is_read_is_used},
        {"a large page is used as a whole", a_large_page_is_used_as_a_whole},
        {"use is noticed again and again", use_is_noticed_again_and_again},
        {"pages are counted", pages_are_counted},
    });
}
