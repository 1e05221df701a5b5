#include "runtime/search_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <set>
#include <vector>

namespace {

using namespace kernel;

struct Number : TreeNode {
    int value = 0;
};

int value_of(const TreeNode* node) {
    return static_cast<const Number*>(node)->value;
}

// A tree of numbers below `size`. It does what a container does: it has the header, and searches
// for the place of a new node.
class Tree {
public:
    explicit Tree(std::size_t size) : numbers_(size) {
        header_._M_color = std::_S_red;
        header_._M_parent = nullptr;
        header_._M_left = header_._M_right = &header_;
        for (std::size_t i = 0; i < size; ++i) {
            numbers_[i].value = static_cast<int>(i);
        }
    }

    void insert(int value) {
        TreeNode* parent = &header_;
        bool on_the_left = true;
        for (TreeNode* node = header_._M_parent; node != nullptr;) {
            parent = node;
            on_the_left = value < value_of(node);
            node = on_the_left ? node->_M_left : node->_M_right;
        }
        insert_into_tree(on_the_left, &numbers_[static_cast<std::size_t>(value)], parent, header_);
    }
    void erase(int value) { erase_from_tree(&numbers_[static_cast<std::size_t>(value)], header_); }

    std::vector<int> forwards() const {
        std::vector<int> values;
        for (TreeNode* node = header_._M_left; node != &header_; node = next_in_tree(node)) {
            values.push_back(value_of(node));
        }
        return values;
    }
    std::vector<int> backwards() {
        std::vector<int> values;
        for (TreeNode* node = &header_; node != header_._M_left;) {
            node = previous_in_tree(node);
            values.push_back(value_of(node));
        }
        return values;
    }

    void expect_linked() const {
        const TreeNode* const root = header_._M_parent;
        ASSERT_EQ(header_._M_color, std::_S_red);
        if (root == nullptr) {
            EXPECT_EQ(header_._M_left, &header_);
            EXPECT_EQ(header_._M_right, &header_);
            return;
        }
        EXPECT_EQ(root->_M_parent, &header_);
        height_from(root);
    }

    // The number of nodes on the longest path.
    int height() const { return height_from(header_._M_parent); }

private:
    static int height_from(const TreeNode* node) {
        if (node == nullptr) {
            return 0;
        }
        EXPECT_EQ(node->_M_color, std::_S_black);
        for (const TreeNode* child : {node->_M_left, node->_M_right}) {
            EXPECT_TRUE(child == nullptr || child->_M_parent == node) << "below " << value_of(node);
        }
        return 1 + std::max(height_from(node->_M_left), height_from(node->_M_right));
    }

    std::vector<Number> numbers_;
    TreeNode header_;
};

void expect_same(Tree& tree, const std::set<int>& model) {
    tree.expect_linked();
    ASSERT_EQ(tree.forwards(), std::vector<int>(model.begin(), model.end()));
    ASSERT_EQ(tree.backwards(), std::vector<int>(model.rbegin(), model.rend()));
}

void insert_and_erase(const std::vector<int>& inserted, const std::vector<int>& erased) {
    Tree tree{inserted.size()};
    std::set<int> model;
    for (const int value : inserted) {
        tree.insert(value);
        model.insert(value);
        expect_same(tree, model);
    }
    for (const int value : erased) {
        tree.erase(value);
        model.erase(value);
        expect_same(tree, model);
    }
}

std::vector<int> numbers_below(int end) {
    std::vector<int> numbers(static_cast<std::size_t>(end));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

TEST(SearchTree, IsInOrderAfterEveryStepForEveryOrderOfAFewNumbers) {
    std::vector<int> inserted = numbers_below(5);
    do {
        std::vector<int> erased = numbers_below(5);
        do {
            insert_and_erase(inserted, erased);
        } while (!HasFailure() && std::next_permutation(erased.begin(), erased.end()));
    } while (!HasFailure() && std::next_permutation(inserted.begin(), inserted.end()));
}

TEST(SearchTree, IsInOrderWhenNumbersComeAndGoInOrder) {
    const std::vector<int> up = numbers_below(100);
    const std::vector<int> down(up.rbegin(), up.rend());
    insert_and_erase(up, up);
    insert_and_erase(up, down);
    insert_and_erase(down, up);
    insert_and_erase(down, down);
}

TEST(SearchTree, HoldsTheSameAsAStandardSetAfterEveryRandomStep) {
    constexpr int size = 150;
    Tree tree{size};
    std::set<int> model;
    std::mt19937 random{1};
    for (int step = 0; step < 10'000 && !HasFatalFailure(); ++step) {
        const int value = static_cast<int>(random() % size);
        if (model.insert(value).second) {
            tree.insert(value);
        } else {
            model.erase(value);
            tree.erase(value);
        }
        expect_same(tree, model);
    }
}

// A random tree of this size has paths of at most about 40 nodes, a list would have one of 100,000.
TEST(SearchTree, HasOnlyShortPathsWhateverTheOrderOfInsertion) {
    constexpr int size = 100'000;
    Tree up{size};
    Tree down{size};
    for (int i = 0; i < size; ++i) {
        up.insert(i);
        down.insert(size - 1 - i);
    }
    EXPECT_LT(up.height(), 60);
    EXPECT_LT(down.height(), 60);
    for (int i = 0; i < size; ++i) {
        if (i % 100 != 0) {
            up.erase(i);
        }
    }
    EXPECT_LT(up.height(), 40);
}

} // namespace
