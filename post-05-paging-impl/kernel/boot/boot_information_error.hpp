// What can be wrong with the boot information, and the words for it on the panic screen.
#pragma once

#include <cstdint>
#include <string_view>

namespace kernel {

enum class BootInformationError : std::uint8_t {
    null_address,
    misaligned,            // not a multiple of 8
    out_of_reach,          // some of it is not in mapped memory
    too_short,             // for its own header and the tag that must end it
    no_end_tag,            // its size is wrong, or it is something else
    early_end_tag,         // an end tag, and more behind it
    tag_too_short,         // for its own type and size, or for what its type says is in it
    tag_too_long,          // no room is left for the end tag
    unterminated_string,   // no NUL within its tag
    memory_map_entry_size, // below 24, or not a multiple of 8
    memory_map_size,       // not a whole number of entries
    memory_region_wraps,   // its end does not fit into 64 bits
    module_reversed,       // ends before it starts
};

constexpr std::string_view describe(BootInformationError error) {
    switch (error) {
    case BootInformationError::null_address:
        return "its address is zero";
    case BootInformationError::misaligned:
        return "its address is not a multiple of 8";
    case BootInformationError::out_of_reach:
        return "it reaches beyond the mapped memory";
    case BootInformationError::too_short:
        return "it is too short to hold even its end";
    case BootInformationError::no_end_tag:
        return "it does not end where it says";
    case BootInformationError::early_end_tag:
        return "it goes on behind its end tag";
    case BootInformationError::tag_too_short:
        return "a tag is too short for what it must hold";
    case BootInformationError::tag_too_long:
        return "a tag reaches beyond the end";
    case BootInformationError::unterminated_string:
        return "a string does not end within its tag";
    case BootInformationError::memory_map_entry_size:
        return "the memory map's entries have an impossible size";
    case BootInformationError::memory_map_size:
        return "the memory map ends within an entry";
    case BootInformationError::memory_region_wraps:
        return "a memory region reaches beyond the last address";
    case BootInformationError::module_reversed:
        return "a module ends before it starts";
    }
    return "unknown error";
}

} // namespace kernel
