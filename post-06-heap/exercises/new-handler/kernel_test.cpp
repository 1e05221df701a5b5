// Judges the exercise new-handler.

#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

#include <new>

using namespace kernel;
using namespace kernel_test;

namespace {

constexpr std::size_t large = 40 * 1024 * 1024; // fits into the heap once, and not twice

unsigned calls = 0;
char* reserve = nullptr;

// Gives up when there is nothing more to free.
void free_the_reserve() {
    ++calls;
    if (reserve != nullptr) {
        delete[] hidden(reserve);
        reserve = nullptr;
    } else {
        std::set_new_handler(nullptr);
    }
}

void give_up() {
    ++calls;
    std::set_new_handler(nullptr);
}

void at_first_there_is_no_handler() {
    expect(std::get_new_handler() == nullptr);
}

void set_returns_the_one_before() {
    expect(std::set_new_handler(give_up) == nullptr);
    expect(std::get_new_handler() == give_up);
    expect(std::set_new_handler(free_the_reserve) == give_up);
    expect(std::set_new_handler(nullptr) == free_the_reserve);
    expect(std::get_new_handler() == nullptr);
}

void it_is_not_called_as_long_as_there_is_memory() {
    calls = 0;
    std::set_new_handler(give_up);
    delete hidden(new int{1});
    expect_equal(calls, 0U);
    expect(std::set_new_handler(nullptr) == give_up);
}

void what_it_frees_is_used() {
    calls = 0;
    reserve = hidden(new char[large]);
    std::set_new_handler(free_the_reserve);
    char* const wanted = hidden(new char[large]);
    expect(wanted != nullptr);
    expect_equal(calls, 1U);
    expect(reserve == nullptr);
    expect(std::set_new_handler(nullptr) == free_the_reserve);
    delete[] wanted;
}

void the_forms_that_return_null_call_it_too() {
    calls = 0;
    reserve = hidden(new char[large]);
    std::set_new_handler(free_the_reserve);
    char* const wanted = hidden(new (std::nothrow) char[large]);
    expect(wanted != nullptr);
    expect_equal(calls, 1U);
    delete[] wanted;
    expect(hidden(new (std::nothrow) char[2 * large]) == nullptr); // the handler gives up
    expect_equal(calls, 2U);
    expect(std::get_new_handler() == nullptr);
}

void it_cannot_make_the_impossible_possible() {
    std::set_new_handler(free_the_reserve);
    expect(operator new(~std::size_t{0}, std::nothrow) == nullptr);
    std::set_new_handler(nullptr);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    run({
        {"at first there is no handler", at_first_there_is_no_handler},
        {"set returns the one before", set_returns_the_one_before},
        {"it is not called as long as there is memory",
         it_is_not_called_as_long_as_there_is_memory},
        {"what it frees is used", what_it_frees_is_used},
        {"the forms that return null call it too", the_forms_that_return_null_call_it_too},
        {"it cannot make the impossible possible", it_cannot_make_the_impossible_possible},
    });
}
