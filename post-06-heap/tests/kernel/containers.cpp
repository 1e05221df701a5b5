// The containers of the standard library, on the kernel's heap. Their elements are counted: each is
// destroyed exactly once.

#include "support/element.hpp"
#include "support/kernel_test.hpp"
#include "support/machine_with_heap.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <variant>
#include <vector>

using namespace kernel;
using namespace kernel_test;

namespace {

constexpr int count = 500;

// Gives every number below `count` once, out of order: `count` and the step share no divisor.
constexpr int shuffled(int i) {
    return i * 237 % count;
}

void vectors() {
    std::vector<Element> elements;
    for (int i = 0; i < count; ++i) {
        elements.emplace_back(shuffled(i));
    }
    elements.insert(elements.begin() + 7, Element{1000});
    elements.erase(elements.begin() + 3);
    expect_equal(elements.size(), static_cast<std::size_t>(count));
    expect_equal(elements[6].value(), 1000);
    elements.resize(10);
    elements.shrink_to_fit();
    std::vector<Element> copy = elements;
    const std::vector<Element> moved = std::move(elements);
    expect(copy == moved);
    copy.at(9) = Element{5};
    expect(copy != moved);
}

void deques() {
    std::deque<Element> elements;
    for (int i = 0; i < count; ++i) {
        elements.emplace_front(i);
        elements.emplace_back(-i);
    }
    elements.insert(elements.begin() + count, Element{77});
    expect_equal(elements.size(), 2u * count + 1);
    expect_equal(elements[count].value(), 77);
    expect_equal(elements.front().value(), count - 1);
    for (int i = 0; i < count; ++i) {
        elements.pop_front();
    }
    expect_equal(elements.front().value(), 77);
}

void maps() {
    std::map<Element, std::string> names;
    for (int i = 0; i < count; ++i) {
        names.emplace(shuffled(i), std::string(static_cast<std::size_t>(shuffled(i) % 40), 'x'));
    }
    expect_equal(names.size(), static_cast<std::size_t>(count));
    int expected = 0;
    for (const auto& [key, name] : names) {
        expect(key.value() == expected && name.size() == static_cast<std::size_t>(expected % 40));
        ++expected;
    }
    for (int i = 0; i < count; i += 2) {
        names.erase(Element{i});
    }
    expect_equal(names.lower_bound(Element{10})->first.value(), 11);
    names[Element{10}] = "ten";
    expect(names.at(Element{10}) == "ten");
    const auto copy = names;
    expect(copy == names);
}

void sets() {
    std::set<Element, std::greater<>> elements;
    for (int i = 0; i < 2 * count; ++i) {
        elements.insert(Element{shuffled(i)});
    }
    expect_equal(elements.size(), static_cast<std::size_t>(count));
    expect_equal(elements.begin()->value(), count - 1);
    expect_equal(std::prev(elements.end())->value(), 0);
    std::multiset<Element> several{Element{1}, Element{1}, Element{2}};
    expect_equal(several.count(Element{1}), 2u);
}

void strings() {
    std::string text = "short";
    text += ", and now too long for the string itself";
    text.insert(5, " at first");
    expect(text == "short at first, and now too long for the string itself");
    expect_equal(text.find("long"), 28u);
    expect(text.substr(28, 4) == "long");
    text.replace(0, 5, "brief");
    expect(text.starts_with("brief at"));
    std::string copy = text;
    std::ranges::reverse(copy);
    expect(copy != text && copy.size() == text.size());
    const std::string joined = text + '|' + copy;
    expect_equal(joined.size(), 2 * text.size() + 1);
    text.clear();
    text.shrink_to_fit();
    expect(text.empty());
}

struct Shape {
    virtual ~Shape() = default;
    virtual int area() const = 0;
};
struct Square : Shape {
    explicit Square(int width) : side{width} {}
    int area() const override { return side.value() * side.value(); }
    Element side;
};

void unique_pointers() {
    std::vector<std::unique_ptr<Shape>> shapes;
    for (int i = 0; i < 10; ++i) {
        shapes.push_back(std::make_unique<Square>(i));
    }
    expect_equal(shapes[9]->area(), 81);
    shapes[3].reset();
    shapes.erase(shapes.begin());
    const auto array = std::make_unique<Element[]>(20);
    expect_equal(array[19].value(), 0);
}

void shared_pointers() {
    auto first = std::make_shared<Element>(42);
    std::shared_ptr<const Element> second = first;
    const std::weak_ptr<Element> watcher = first;
    expect_equal(first.use_count(), 2);
    first.reset();
    expect_equal(watcher.lock()->value(), 42);
    second.reset();
    expect(watcher.expired() && watcher.lock() == nullptr);
    const std::shared_ptr<Shape> shape{new Square{5}};
    expect_equal(shape->area(), 25);
}

void functions() {
    std::map<std::string, std::function<int(int)>> operations;
    const Element captured{10};
    operations["add"] = [captured](int value) { return value + captured.value(); };
    operations["twice"] = [add = operations["add"]](int value) { return add(add(value)); };
    expect_equal(operations.at("twice")(1), 21);
    const auto copy = operations;
    operations.clear();
    expect_equal(copy.at("add")(5), 15);
}

void optionals_and_variants() {
    std::optional<Element> maybe;
    maybe.emplace(3);
    std::optional<Element> other = std::move(maybe);
    maybe.reset();
    expect(!maybe && other->value() == 3);
    std::variant<int, Element, std::string> any = Element{7};
    expect_equal(std::get<Element>(any).value(), 7);
    any = "a string that has moved to the heap by its length";
    expect(std::holds_alternative<std::string>(any));
    any = std::variant<int, Element, std::string>{5};
    const int found = std::visit(
        [](const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, int>) {
                return value;
            } else {
                return 0;
            }
        },
        any);
    expect_equal(found, 5);
}

void algorithms() {
    std::vector<Element> elements;
    for (int i = 0; i < count; ++i) {
        elements.emplace_back(shuffled(i));
    }
    std::sort(elements.begin(), elements.end());
    expect(std::ranges::is_sorted(elements));
    expect(std::ranges::binary_search(elements, Element{250}));
    std::ranges::stable_sort(elements, std::greater<>{});
    expect_equal(elements.front().value(), count - 1);
    std::ranges::nth_element(elements, elements.begin() + 5);
    expect_equal(elements[5].value(), 5);
    expect_equal(std::ranges::count_if(
                     elements, [](int value) { return value < 4; }, &Element::value),
                 4);
    const auto is_small = [](const Element& element) { return element.value() < 4; };
    expect_equal(std::ranges::distance(elements | std::views::filter(is_small)), 4);
    expect_equal(std::ranges::max(elements, {}, &Element::value).value(), count - 1);
    std::erase_if(elements, [](const Element& element) { return element.value() % 3 != 0; });
    expect_equal(elements.size(), 167u);
}

// Constructed by run_constructors, before there is a heap.
std::vector<int> global;

void global_containers() {
    expect(global.empty());
    global.assign(count, 3);
    static const std::string name(100, 'n');
    global.push_back(static_cast<int>(name.size()));
    expect_equal(global.size(), count + 1u);
    expect_equal(global.back(), 100);
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
        {"std::vector", none_is_lost<vectors>},
        {"std::deque", none_is_lost<deques>},
        {"std::map", none_is_lost<maps>},
        {"std::set", none_is_lost<sets>},
        {"std::string", none_is_lost<strings>},
        {"std::unique_ptr", none_is_lost<unique_pointers>},
        {"std::shared_ptr and std::weak_ptr", none_is_lost<shared_pointers>},
        {"std::function", none_is_lost<functions>},
        {"std::optional and std::variant", none_is_lost<optionals_and_variants>},
        {"algorithms and ranges", none_is_lost<algorithms>},
        {"global and static containers", global_containers},
    });
}
