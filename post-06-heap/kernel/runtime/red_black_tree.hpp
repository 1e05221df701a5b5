// Red-black trees, for std::map and std::set. The headers of the standard library search and
// allocate; for walking through a tree, inserting and erasing they call functions that the library
// has compiled. These replace them. [Cormen, Leiserson, Rivest, Stein: Introduction to Algorithms,
// "Red-Black Trees"]
//
// The root is black and a red node has no red child. All paths from a node down to a missing child
// contain the same number of black nodes, so no path is more than twice as long as another.
//
// The type of the nodes is the library's. A container also has a header, a node without an element
// that stands for its end(). The header is red. Its parent is the root, whose parent is the header;
// its left child is the first node in order, its right child the last. The header of an empty tree
// has no parent, and both its children are the header itself.
//
// The functions have names of their own, so that they can be tested on the host, where the library
// has its own. library_hooks.cpp defines the library's names in the kernel.
#pragma once

#include <map>
#include <utility>

namespace kernel {

using TreeNode = std::_Rb_tree_node_base;

// One of a node's two children. Each function works for either side, with left and right exchanged.
using TreeSide = TreeNode* TreeNode::*;
constexpr TreeSide tree_left = &TreeNode::_M_left;
constexpr TreeSide tree_right = &TreeNode::_M_right;

constexpr TreeSide other(TreeSide side) {
    return side == tree_left ? tree_right : tree_left;
}

// A child that is missing counts as black.
inline bool is_red(const TreeNode* node) {
    return node != nullptr && node->_M_color == std::_S_red;
}

// The header and the root are each other's parent; only the header is red.
// Precondition: the tree is not empty.
inline bool is_header(const TreeNode* node) {
    return is_red(node) && node->_M_parent->_M_parent == node;
}

// The last node on the way from `node` to one side.
inline TreeNode* outermost(TreeNode* node, TreeSide side) {
    while (node->*side != nullptr) {
        node = node->*side;
    }
    return node;
}

// The next node in order towards `side`; behind the last one comes the header.
inline TreeNode* neighbour(TreeNode* node, TreeSide side) {
    if (node->*side != nullptr) {
        return outermost(node->*side, other(side));
    }
    TreeNode* parent = node->_M_parent;
    while (!is_header(parent) && node == parent->*side) {
        node = parent;
        parent = node->_M_parent;
    }
    return parent;
}

inline TreeNode* next_in_tree(TreeNode* node) {
    return neighbour(node, tree_right);
}
inline TreeNode* previous_in_tree(TreeNode* node) {
    return is_header(node) ? node->_M_right : neighbour(node, tree_left);
}

// Makes `node`, which may be null, the child of `replaced`'s parent in its place.
inline void hang_in_place_of(TreeNode* replaced, TreeNode* node, TreeNode& header) {
    TreeNode* const parent = replaced->_M_parent;
    if (parent == &header) {
        header._M_parent = node;
    } else {
        parent->*(replaced == parent->_M_left ? tree_left : tree_right) = node;
    }
    if (node != nullptr) {
        node->_M_parent = parent;
    }
}

// Moves `node` down to `side`, and its child on the other side up. The order stays the same.
inline void rotate(TreeNode* node, TreeSide side, TreeNode& header) {
    TreeNode* const child = node->*other(side);
    TreeNode* const between = child->*side;
    node->*other(side) = between;
    if (between != nullptr) {
        between->_M_parent = node;
    }
    hang_in_place_of(node, child, header);
    child->*side = node;
    node->_M_parent = child;
}

// `node` is red, and its parent may be red too: repairs that, moving up while it has to.
inline void balance_after_insertion(TreeNode* node, TreeNode& header) {
    while (node != header._M_parent && is_red(node->_M_parent)) {
        TreeNode* parent = node->_M_parent;
        TreeNode* const grandparent = parent->_M_parent; // not the header: the root is black
        const TreeSide side = parent == grandparent->_M_left ? tree_left : tree_right;
        TreeNode* const uncle = grandparent->*other(side);
        if (is_red(uncle)) {
            parent->_M_color = uncle->_M_color = std::_S_black;
            grandparent->_M_color = std::_S_red;
            node = grandparent;
            continue;
        }
        if (node == parent->*other(side)) {
            rotate(parent, side, header);
            std::swap(node, parent);
        }
        parent->_M_color = std::_S_black;
        grandparent->_M_color = std::_S_red;
        rotate(grandparent, other(side), header);
    }
    header._M_parent->_M_color = std::_S_black;
}

// Makes `node` a child of `parent`, on its left or right, where there is none. In an empty tree
// the parent is the header.
inline void insert_into_tree(bool on_the_left, TreeNode* node, TreeNode* parent, TreeNode& header) {
    node->_M_color = std::_S_red;
    node->_M_parent = parent;
    node->_M_left = node->_M_right = nullptr;
    if (parent == &header) {
        header._M_parent = header._M_left = header._M_right = node;
    } else {
        const TreeSide side = on_the_left ? tree_left : tree_right;
        parent->*side = node;
        if (parent == header.*side) {
            header.*side = node; // it is the new first or last
        }
    }
    balance_after_insertion(node, header);
}

// The paths through `node`, a child of `parent` that may be null, have one black node too few.
inline void balance_after_erasure(TreeNode* node, TreeNode* parent, TreeNode& header) {
    while (node != header._M_parent && !is_red(node)) {
        const TreeSide side = node == parent->_M_left ? tree_left : tree_right;
        TreeNode* sibling = parent->*other(side); // not null: it has black nodes
        if (is_red(sibling)) {
            sibling->_M_color = std::_S_black;
            parent->_M_color = std::_S_red;
            rotate(parent, side, header);
            sibling = parent->*other(side);
        }
        if (!is_red(sibling->_M_left) && !is_red(sibling->_M_right)) {
            sibling->_M_color = std::_S_red; // now all paths through `parent` have one too few
            node = parent;
            parent = node->_M_parent;
            continue;
        }
        if (!is_red(sibling->*other(side))) {
            (sibling->*side)->_M_color = std::_S_black;
            sibling->_M_color = std::_S_red;
            rotate(sibling, other(side), header);
            sibling = parent->*other(side);
        }
        sibling->_M_color = parent->_M_color;
        parent->_M_color = (sibling->*other(side))->_M_color = std::_S_black;
        rotate(parent, side, header);
        return;
    }
    if (node != nullptr) {
        node->_M_color = std::_S_black;
    }
}

// Takes `node` out of the tree. Other nodes are only linked anew: pointers to them stay valid.
inline void erase_from_tree(TreeNode* node, TreeNode& header) {
    if (node == header._M_left) {
        header._M_left = next_in_tree(node);
    }
    if (node == header._M_right) {
        header._M_right = neighbour(node, tree_left);
    }
    // Only a node with at most one child can leave its place: this one, or else the next in order.
    TreeNode* const leaving = node->_M_left == nullptr || node->_M_right == nullptr
                                  ? node
                                  : outermost(node->_M_right, tree_left);
    TreeNode* const child = leaving->_M_left != nullptr ? leaving->_M_left : leaving->_M_right;
    TreeNode* parent = leaving->_M_parent;
    const bool was_red = is_red(leaving);
    hang_in_place_of(leaving, child, header);
    if (leaving != node) { // it takes the erased one's place, with its colour
        if (parent == node) {
            parent = leaving;
        }
        hang_in_place_of(node, leaving, header);
        leaving->_M_color = node->_M_color;
        for (const TreeSide side : {tree_left, tree_right}) {
            leaving->*side = node->*side;
            if (leaving->*side != nullptr) {
                (leaving->*side)->_M_parent = leaving;
            }
        }
    }
    if (!was_red) {
        balance_after_erasure(child, parent, header);
    }
}

} // namespace kernel
