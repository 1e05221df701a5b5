// How the standard library's std::map and std::set keep their trees balanced. Its headers search
// and allocate; walking, inserting and erasing they leave to functions of its compiled part, which
// are these. [Cormen, Leiserson, Rivest, Stein: Introduction to Algorithms, "Red-Black Trees"]
//
// The root is black, a red node has no red child, and from any node every way down to where a
// child is missing meets as many black nodes: so no way is more than twice as long as another.
//
// The nodes are the library's, and so is the header in which a container keeps its tree. The header
// stands in for the end of the container. It is red; its parent is the root, and the root's parent
// is the header; its left is the first node in order and its right the last. In an empty tree it
// has no parent, and is its own left and right.
//
// The names are ours, so that all this can be tested on the host, where the library has its own.
// library_hooks.cpp gives it the library's.
#pragma once

#include <map>
#include <utility>

namespace kernel {

using TreeNode = std::_Rb_tree_node_base;

// One of the two sides of a node. What holds for one side holds for the other with both exchanged.
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

// The header and the root are each other's parents; by their colours they are told apart.
// Precondition: the tree is not empty.
inline bool is_header(const TreeNode* node) {
    return is_red(node) && node->_M_parent->_M_parent == node;
}

// As far to one side as it goes.
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

// Hangs `node` where `replaced` hangs. It may be null.
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

// `node` goes down to `side`, and its child on the other side comes up. The order stays.
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

// A red node has come in: its parent may be red too. Both the fault and the remedy move up.
inline void balance_after_insertion(TreeNode* node, TreeNode& header) {
    while (node != header._M_parent && is_red(node->_M_parent)) {
        TreeNode* parent = node->_M_parent;
        TreeNode* const grandparent = parent->_M_parent; // there is one: the root is not red
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

// A black node has gone: the ways through `node`, a child of `parent` that may be null, lack one.
inline void balance_after_erasure(TreeNode* node, TreeNode* parent, TreeNode& header) {
    while (node != header._M_parent && !is_red(node)) {
        const TreeSide side = node == parent->_M_left ? tree_left : tree_right;
        TreeNode* sibling = parent->*other(side); // there is one: the ways through it lack nothing
        if (is_red(sibling)) {
            sibling->_M_color = std::_S_black;
            parent->_M_color = std::_S_red;
            rotate(parent, side, header);
            sibling = parent->*other(side);
        }
        if (!is_red(sibling->_M_left) && !is_red(sibling->_M_right)) {
            sibling->_M_color = std::_S_red; // now the ways through the parent lack one
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

// Takes `node` out of the tree. No other node is moved or copied: pointers to them stay good.
inline void erase_from_tree(TreeNode* node, TreeNode& header) {
    if (node == header._M_left) {
        header._M_left = next_in_tree(node);
    }
    if (node == header._M_right) {
        header._M_right = neighbour(node, tree_left);
    }
    // What really leaves its place is a node with at most one child: this one, or the next.
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
