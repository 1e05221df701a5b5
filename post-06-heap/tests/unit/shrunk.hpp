// Cuts a sequence of operations that makes something fail down to the few that matter.
//
// Parts of it are left out, large ones first, as long as the rest still fails. In the end no single
// operation can be left out. [Zeller and Hildebrandt, "Simplifying and Isolating
// Failure-Inducing Input"]
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

// Goes through the parts of this size and leaves out each one that it can.
template <typename Operation, typename Fails>
std::vector<Operation> without_parts(std::vector<Operation> operations, std::size_t size,
                                     Fails& fails) {
    for (std::size_t start = 0; start < operations.size();) {
        std::vector<Operation> fewer = operations;
        const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(start);
        const std::size_t left = operations.size() - start;
        fewer.erase(first, first + static_cast<std::ptrdiff_t>(std::min(size, left)));
        if (fails(std::as_const(fewer))) {
            operations = std::move(fewer);
        } else {
            start += size;
        }
    }
    return operations;
}

// fails(operations) says whether a sequence fails.
template <typename Operation, typename Fails>
std::vector<Operation> shrunk(std::vector<Operation> operations, Fails fails) {
    for (std::size_t size = operations.size() / 2; size != 0;) {
        const std::size_t before = operations.size();
        operations = without_parts(std::move(operations), size, fails);
        // Single operations are tried repeatedly: often one can go only after another has gone.
        if (size != 1 || operations.size() == before) {
            size /= 2;
        }
    }
    return operations;
}
