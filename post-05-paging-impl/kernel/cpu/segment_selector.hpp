// What a segment register is loaded with: which descriptor of the global descriptor table.
// [Intel SDM vol. 3A, "Segment Selectors"]
#pragma once

#include <cstdint>

namespace kernel {

// The descriptor's offset in the table. (Its lowest three bits, other tables and privilege levels,
// are zero in this kernel.)
enum class SegmentSelector : std::uint16_t {};

} // namespace kernel
