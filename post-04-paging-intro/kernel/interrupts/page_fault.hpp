// The page fault handler: an access to memory that the page tables do not allow.
#pragma once

#include "interrupts/handler.hpp"

namespace kernel {

// Panics, and says what was tried, where, and what the likely cause is. It runs on the stack that
// the fault has found: if that one is used up, the CPU cannot call it, and the double fault takes
// over, which has a stack of its own.
HandlerWithErrorCode on_page_fault;

} // namespace kernel
