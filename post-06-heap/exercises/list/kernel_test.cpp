// Judges the exercise list.

#include "support/kernel_test.hpp"
#include "support/element.hpp"
#include "support/machine_with_heap.hpp"

#include <functional>
#include <initializer_list>
#include <list>

using namespace kernel;
using namespace kernel_test;

namespace {

using List = std::list<Element>;

// From both ends: every node is linked in both directions.
void expect_list(const List& list, std::initializer_list<int> values) {
    expect_equal(list.size(), values.size());
    auto forwards = list.begin();
    for (const int value : values) {
        expect(forwards != list.end() && forwards->value() == value);
        ++forwards;
    }
    expect(forwards == list.end());
    auto backwards = list.rbegin();
    for (auto value = values.end(); value != values.begin(); ++backwards) {
        expect(backwards != list.rend() && backwards->value() == *--value);
    }
    expect(backwards == list.rend());
}

void nodes_are_added_and_taken_out() {
    List list;
    expect_list(list, {});
    list.push_back(2);
    list.push_front(1);
    list.push_back(4);
    list.insert(std::prev(list.end()), 3);
    expect_list(list, {1, 2, 3, 4});
    list.pop_front();
    list.pop_back();
    expect_list(list, {2, 3});
    list.erase(list.begin());
    expect_list(list, {3});
    list.clear();
    expect_list(list, {});
}

void nodes_move_from_list_to_list() {
    List list{1, 2, 3};
    List other{10, 20, 30};
    list.splice(std::next(list.begin()), other, std::next(other.begin()), other.end());
    expect_list(list, {1, 20, 30, 2, 3});
    expect_list(other, {10});
    list.splice(list.begin(), other);
    expect_list(list, {10, 1, 20, 30, 2, 3});
    expect_list(other, {});
}

void nodes_move_within_a_list() {
    List list{1, 2, 3, 4};
    list.splice(list.begin(), list, std::next(list.begin(), 2), list.end());
    expect_list(list, {3, 4, 1, 2});
    list.splice(list.end(), list, list.begin(), list.end()); // where they are
    expect_list(list, {3, 4, 1, 2});
    list.splice(list.end(), list, list.begin());
    expect_list(list, {4, 1, 2, 3});
}

void a_list_is_reversed() {
    List list{1, 2, 3};
    list.reverse();
    expect_list(list, {3, 2, 1});
    List none;
    none.reverse();
    expect_list(none, {});
}

void lists_are_swapped() {
    List list{1, 2, 3};
    List other{10};
    List none;
    list.swap(other);
    expect_list(list, {10});
    expect_list(other, {1, 2, 3});
    none.swap(other);
    expect_list(none, {1, 2, 3});
    expect_list(other, {});
    other.swap(none);
    expect_list(none, {});
    expect_list(other, {1, 2, 3});
    List empty;
    none.swap(empty);
    none.push_back(1);
    expect_list(none, {1});
    expect_list(empty, {});
}

void lists_are_sorted_and_merged() {
    List list{5, 3, 9, 1, 7};
    list.sort();
    expect_list(list, {1, 3, 5, 7, 9});
    List other{8, 2, 6, 4};
    other.sort(std::greater<>{});
    expect_list(other, {8, 6, 4, 2});
    other.reverse();
    list.merge(other);
    expect_list(list, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    expect_list(other, {});
    list.remove_if([](const Element& element) { return element.value() % 3 != 0; });
    expect_list(list, {3, 6, 9});
}

// Everything that was constructed is destroyed, once.
template <void (*test)()>
void none_is_lost() {
    Element::alive = 0;
    Element::mistakes = 0;
    test();
    expect_equal(Element::alive, 0);
    expect_equal(Element::mistakes, 0);
}

} // namespace

extern "C" [[noreturn]] void kernel_main(std::uint64_t boot_information_address) {
    machine_with_heap(boot_information_address);
    run({
        {"nodes are added and taken out", none_is_lost<nodes_are_added_and_taken_out>},
        {"nodes move from list to list", none_is_lost<nodes_move_from_list_to_list>},
        {"nodes move within a list", none_is_lost<nodes_move_within_a_list>},
        {"a list is reversed", none_is_lost<a_list_is_reversed>},
        {"lists are swapped", none_is_lost<lists_are_swapped>},
        {"lists are sorted and merged", none_is_lost<lists_are_sorted_and_merged>},
    });
}
