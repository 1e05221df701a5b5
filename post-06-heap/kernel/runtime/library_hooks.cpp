// The headers of the standard library call functions that only the library's compiled part defines.
// Here are our own, for the containers that the kernel uses.
//
// Where the library would throw an exception, the kernel panics: it is compiled without exceptions.

#include "console/panic.hpp"
#include "runtime/search_tree.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace std {

// std::string_view::substr, std::vector::at and the like, for a position beyond the end. `message`
// is a printf format; it is clear enough without the numbers. This function and the next ones are
// declared [[noreturn]] in <bits/functexcept.h>.
void __throw_out_of_range_fmt(const char* message, ...) {
    kernel::panic("out of range: {}", message);
}

// An index of a std::array that is out of range, an empty std::optional that is dereferenced, and
// the like, if the library checks it: with _GLIBCXX_ASSERTIONS, which g++ defines at -O0 from 15
// on.
void __glibcxx_assert_fail(const char*, int, const char* function, const char* condition) noexcept {
    kernel::panic("library assertion failed: {}\n  in {}", condition, function);
}

// std::map::at and the like, for a key that is not in the map.
void __throw_out_of_range(const char* message) {
    kernel::panic("out of range: {}", message);
}

// A container that would become longer than its max_size().
void __throw_length_error(const char* message) {
    kernel::panic("too long: {}", message);
}

// std::string from a null pointer.
void __throw_logic_error(const char* message) {
    kernel::panic("logic error: {}", message);
}

// An empty std::function that is called.
void __throw_bad_function_call() {
    kernel::panic("an empty std::function was called");
}

// An allocation or array that would be larger than the address space.
void __throw_bad_alloc() {
    kernel::panic("out of memory: an allocation is too large to have a size");
}
void __throw_bad_array_new_length() {
    kernel::panic("out of memory: an array is too large to have a size");
}

// The headers declare these templates extern: the library has them compiled.
template class allocator<char>;
template class basic_string<char>;

// std::make_shared calls this for a type_info that is not the one of its own tag. Without RTTI
// there is no other that could be equal.
bool _Sp_make_shared_tag::_S_eq(const type_info&) noexcept {
    return false;
}

// std::map and std::set. From g++ 15 on the headers do not need the second and the fourth.
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

} // namespace std

// std::shared_ptr counts with plain instructions as long as there is one thread, and here there is
// only one; interrupt handlers own nothing.
char __libc_single_threaded = 1;

// Called by value() of a std::expected or std::optional, or std::get() of a std::variant, that does
// not hold the value.
extern "C" void abort() {
    kernel::panic("abort: a value was asked for that is not there");
}

// A virtual function without a body was called, while its object was being made or destroyed.
extern "C" void __cxa_pure_virtual() {
    kernel::panic("a pure virtual function was called");
}
