// The search trees behind std::map and std::set. The headers of the standard library search and
// allocate; to walk through a tree, to insert and to erase they call functions in the library's
// compiled part. These replace them.
//
// The library defines the type of the nodes. A container also has a header, a node without an
// element that stands for end(): its parent is the root, whose parent is the header; its left child
// is the first node in order, its right child the last. The header of an empty tree has no parent,
// and both its children are the header itself.
//
// The library keeps its trees balanced by giving each node one of two colours. Ours are treaps:
// each node has a priority, and none has a higher priority than its parent. As the priorities are
// as good as random, so is the shape of the tree, and a path has about 2 ln n nodes on average,
// whatever the order of insertion. [Seidel and Aragon, "Randomized Search Trees"] A container that
// is copied keeps the shape of its original, where the new nodes' priorities do not count. The
// colour only tells the header, which is red, from the nodes, which are black.
#pragma once

#include <map>

namespace kernel {

using TreeNode = std::_Rb_tree_node_base;

// The next or previous node in order. The header comes after the last node and before the first.
TreeNode* next_in_tree(TreeNode* node);
TreeNode* previous_in_tree(TreeNode* node);

// Makes `node` the left or right child of `parent`, which has none there. In an empty tree the
// parent is the header.
void insert_into_tree(bool on_the_left, TreeNode* node, TreeNode* parent, TreeNode& header);

// Takes `node` out of the tree. Pointers to the other nodes stay valid.
void erase_from_tree(TreeNode* node, TreeNode& header);

} // namespace kernel
