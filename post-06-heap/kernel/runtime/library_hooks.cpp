// What the standard library's headers leave to its compiled part, as far as containers need it.
//
// Where the library would throw an exception, a kernel has no one to catch it: it panics.

#include "console/panic.hpp"
#include "runtime/red_black_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

namespace std {

// std::string_view::substr, std::vector::at and the like, when a position lies behind the end.
// `message` is a printf format with numbers that say by how much; it is clear enough without them.
// Declared not to return in <bits/functexcept.h>, as the next ones.
void __throw_out_of_range_fmt(const char* message, ...) {
    kernel::panic("out of range: {}", message);
}

// A std::array's index is out of range, an empty std::optional is dereferenced, and the like, where
// the library checks it: with _GLIBCXX_ASSERTIONS, which g++ from 15 on defines at -O0.
void __glibcxx_assert_fail(const char*, int, const char* function, const char* condition) noexcept {
    kernel::panic("library assertion failed: {}\n  in {}", condition, function);
}

// std::map::at and the like, when there is no such key.
void __throw_out_of_range(const char* message) {
    kernel::panic("out of range: {}", message);
}

// A container would become longer than any can be.
void __throw_length_error(const char* message) {
    kernel::panic("too long: {}", message);
}

// std::string from a null pointer.
void __throw_logic_error(const char* message) {
    kernel::panic("logic error: {}", message);
}

// An empty std::function is called.
void __throw_bad_function_call() {
    kernel::panic("an empty std::function was called");
}

// An array would be larger than memory has addresses.
void __throw_bad_alloc() {
    kernel::panic("out of memory: an allocation is too large to have a size");
}
void __throw_bad_array_new_length() {
    kernel::panic("out of memory: an array is too large to have a size");
}

// The headers leave these out because the library has compiled them.
template class allocator<char>;
template class basic_string<char>;

// std::make_shared asks whether a type_info is that of its own tag, which it first compares by
// address. Without RTTI nobody else has one.
bool _Sp_make_shared_tag::_S_eq(const type_info&) noexcept {
    return false;
}

// std::hash of strings: FNV-1a, 64 bits, the seed mixed in. [RFC 9923]
size_t _Hash_bytes(const void* bytes, size_t count, size_t seed) {
    constexpr size_t prime = 0x100'0000'01B3;
    size_t hash = 0xCBF2'9CE4'8422'2325 ^ seed;
    for (const unsigned char byte : span{static_cast<const unsigned char*>(bytes), count}) {
        hash = (hash ^ byte) * prime;
    }
    return hash;
}

// std::map and std::set walk, insert and erase. From g++ 15 on the headers do without the second
// and the fourth.
_Rb_tree_node_base* _Rb_tree_increment(_Rb_tree_node_base* node) noexcept {
    return kernel::next_in_tree(node);
}
const _Rb_tree_node_base* _Rb_tree_increment(const _Rb_tree_node_base* node) noexcept {
    return kernel::next_in_tree(const_cast<_Rb_tree_node_base*>(node));
}
_Rb_tree_node_base* _Rb_tree_decrement(_Rb_tree_node_base* node) noexcept {
    return kernel::previous_in_tree(node);
}
const _Rb_tree_node_base* _Rb_tree_decrement(const _Rb_tree_node_base* node) noexcept {
    return kernel::previous_in_tree(const_cast<_Rb_tree_node_base*>(node));
}
void _Rb_tree_insert_and_rebalance(bool on_the_left, _Rb_tree_node_base* node,
                                   _Rb_tree_node_base* parent,
                                   _Rb_tree_node_base& header) noexcept {
    kernel::insert_into_tree(on_the_left, node, parent, header);
}
_Rb_tree_node_base* _Rb_tree_rebalance_for_erase(_Rb_tree_node_base* node,
                                                 _Rb_tree_node_base& header) noexcept {
    kernel::erase_from_tree(node, header);
    return node; // for the container to deallocate
}

namespace __detail {

// A std::list's elements are a ring of nodes; these change its links. `first` to `last` is half
// open.
void _List_node_base::_M_hook(_List_node_base* position) noexcept {
    _M_next = position;
    _M_prev = position->_M_prev;
    _M_prev->_M_next = this;
    position->_M_prev = this;
}
void _List_node_base::_M_unhook() noexcept {
    _M_next->_M_prev = _M_prev;
    _M_prev->_M_next = _M_next;
}
void _List_node_base::_M_transfer(_List_node_base* first, _List_node_base* last) noexcept {
    if (this == last) {
        return; // they stand in front of it already
    }
    _List_node_base* const last_moved = last->_M_prev;
    first->_M_prev->_M_next = last;
    last->_M_prev = first->_M_prev;
    first->_M_prev = _M_prev;
    _M_prev->_M_next = first;
    last_moved->_M_next = this;
    _M_prev = last_moved;
}
void _List_node_base::_M_reverse() noexcept {
    _List_node_base* node = this;
    do {
        std::swap(node->_M_next, node->_M_prev);
        node = node->_M_prev; // that was the next
    } while (node != this);
}
void _List_node_base::swap(_List_node_base& left, _List_node_base& right) noexcept {
    _List_node_base between{};
    between._M_next = between._M_prev = &between;
    const auto move_all = [](_List_node_base& from, _List_node_base& to) {
        if (from._M_next != &from) {
            to._M_transfer(from._M_next, &from);
        }
    };
    move_all(left, between);
    move_all(right, left);
    move_all(between, right);
}

// std::unordered_map's number of buckets. The library's own policy computes with floating point,
// for the sake of load factors other than 1. This one knows only that: max_load_factor(…) has no
// effect. Where the headers divide by it themselves, for reserve(…), rehash(…) and elements out of
// a range, g++ refuses to compile.
constexpr bool is_prime(size_t number) {
    for (size_t factor = 2; factor * factor <= number; ++factor) {
        if (number % factor == 0) {
            return false;
        }
    }
    return number > 1;
}
size_t _Prime_rehash_policy::_M_next_bkt(size_t at_least) const {
    if (at_least == 0) {
        return 1; // the one that every table has in itself
    }
    size_t buckets = at_least;
    while (!is_prime(buckets)) {
        ++buckets;
    }
    _M_next_resize = buckets;
    return buckets;
}
pair<bool, size_t> _Prime_rehash_policy::_M_need_rehash(size_t buckets, size_t elements,
                                                        size_t more) const {
    if (elements + more <= _M_next_resize) {
        return {false, 0};
    }
    return {true, _M_next_bkt(std::max({elements + more, buckets * _S_growth_factor, size_t{11}}))};
}

} // namespace __detail
} // namespace std

// std::shared_ptr counts with plain instructions as long as there is one thread, and here there is
// only one; interrupt handlers own nothing.
char __libc_single_threaded = 1;

// The value() of a std::expected, std::optional or std::variant that does not hold it.
extern "C" void abort() {
    kernel::panic("abort: a value was asked for that is not there");
}

// A virtual function without a body was called, while its object was being made or destroyed.
extern "C" void __cxa_pure_virtual() {
    kernel::panic("a pure virtual function was called");
}
