// Something to put into containers that notices if one of it is lost or destroyed twice.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace kernel_test {

// Each knows where it lives: one that was copied bit by bit, or that is no longer there, is told
// from the others.
class Element {
public:
    static inline int alive = 0;
    static inline int mistakes = 0;

    Element() : Element{0} {}
    Element(int value) : value_{value} { ++alive; }
    Element(const Element& other) : Element{other.value()} {}
    Element(Element&& other) noexcept : Element{other.value()} { other.value_ = moved_from; }
    Element& operator=(const Element& other) {
        value_ = other.value();
        check();
        return *this;
    }
    Element& operator=(Element&& other) noexcept {
        check();
        value_ = other.value();
        if (this != &other) {
            other.value_ = moved_from;
        }
        return *this;
    }
    ~Element() {
        check();
        self_ = nullptr;
        --alive;
    }

    int value() const {
        check();
        return value_;
    }

    friend bool operator==(const Element& left, const Element& right) {
        return left.value() == right.value();
    }
    friend auto operator<=>(const Element& left, const Element& right) {
        return left.value() <=> right.value();
    }

private:
    static constexpr int moved_from = -1;

    void check() const { mistakes += self_ == this ? 0 : 1; }

    int value_;
    Element* self_ = this;
};

} // namespace kernel_test

template <>
struct std::hash<kernel_test::Element> {
    std::size_t operator()(const kernel_test::Element& element) const {
        return std::hash<int>{}(element.value());
    }
};
