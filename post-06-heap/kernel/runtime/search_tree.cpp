#include "runtime/search_tree.hpp"

#include <cstdint>

namespace kernel {
namespace {

// Which of a node's two children: the functions below work for both sides.
using TreeSide = TreeNode* TreeNode::*;
constexpr TreeSide tree_left = &TreeNode::_M_left;
constexpr TreeSide tree_right = &TreeNode::_M_right;

constexpr TreeSide opposite(TreeSide side) {
    return side == tree_left ? tree_right : tree_left;
}

TreeSide side_of(const TreeNode* node) {
    return node == node->_M_parent->_M_left ? tree_left : tree_right;
}

bool is_header(const TreeNode* node) {
    return node->_M_color == std::_S_red;
}

// A number computed from the node's address: its bits are mixed until they look random.
// [Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", SplitMix64]
std::uint64_t priority(const TreeNode* node) {
    auto mixed = reinterpret_cast<std::uintptr_t>(node);
    mixed = (mixed ^ mixed >> 30) * 0xBF58'476D'1CE4'E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D0'49BB'1331'11EB;
    return mixed ^ mixed >> 31;
}

// The next node in order towards `side`.
TreeNode* neighbour(TreeNode* node, TreeSide side) {
    if (node->*side != nullptr) {
        node = node->*side;
        while (node->*opposite(side) != nullptr) {
            node = node->*opposite(side);
        }
        return node;
    }
    TreeNode* parent = node->_M_parent;
    while (!is_header(parent) && node == parent->*side) {
        node = parent;
        parent = node->_M_parent;
    }
    return parent;
}

// Puts `node`, which may be null, into the place that `replaced` has below its parent.
void replace_child(TreeNode* replaced, TreeNode* node, TreeNode& header) {
    TreeNode* const parent = replaced->_M_parent;
    parent->*(parent == &header ? &TreeNode::_M_parent : side_of(replaced)) = node;
    if (node != nullptr) {
        node->_M_parent = parent;
    }
}

// Exchanges `node` with its parent, which becomes its child. The order stays the same.
void rotate_up(TreeNode* node, TreeNode& header) {
    TreeNode* const parent = node->_M_parent;
    const TreeSide side = side_of(node);
    TreeNode* const between = node->*opposite(side);
    parent->*side = between;
    if (between != nullptr) {
        between->_M_parent = parent;
    }
    replace_child(parent, node, header);
    node->*opposite(side) = parent;
    parent->_M_parent = node;
}

} // namespace

TreeNode* next_in_tree(TreeNode* node) {
    return neighbour(node, tree_right);
}

TreeNode* previous_in_tree(TreeNode* node) {
    return is_header(node) ? node->_M_right : neighbour(node, tree_left);
}

void insert_into_tree(bool on_the_left, TreeNode* node, TreeNode* parent, TreeNode& header) {
    node->_M_color = std::_S_black;
    node->_M_parent = parent;
    node->_M_left = node->_M_right = nullptr;
    if (parent == &header) {
        header._M_parent = header._M_left = header._M_right = node;
        return;
    }
    const TreeSide side = on_the_left ? tree_left : tree_right;
    parent->*side = node;
    if (parent == header.*side) {
        header.*side = node; // it is the new first or last
    }
    while (node->_M_parent != &header && priority(node) > priority(node->_M_parent)) {
        rotate_up(node, header);
    }
}

void erase_from_tree(TreeNode* node, TreeNode& header) {
    if (node == header._M_left) {
        header._M_left = next_in_tree(node);
    }
    if (node == header._M_right) {
        header._M_right = neighbour(node, tree_left);
    }
    while (node->_M_left != nullptr && node->_M_right != nullptr) { // moves down
        rotate_up(priority(node->_M_left) > priority(node->_M_right) ? node->_M_left
                                                                     : node->_M_right,
                  header);
    }
    replace_child(node, node->_M_left != nullptr ? node->_M_left : node->_M_right, header);
}

} // namespace kernel
