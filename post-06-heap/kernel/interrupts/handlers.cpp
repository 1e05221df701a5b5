#include "interrupts/handler.hpp"

namespace kernel {

constinit Handler* const* interrupt_handlers = nullptr;

} // namespace kernel
