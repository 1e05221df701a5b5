// An object for containers that notices if it is lost or destroyed twice.
#pragma once

#include <compare>
#include <cstddef>
#include <utility>

namespace kernel_test {

// Each element knows its own address, so one that was copied bit by bit, or was destroyed, is
// found.
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
