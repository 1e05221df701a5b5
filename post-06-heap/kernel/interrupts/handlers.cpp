#include "interrupts/handler.hpp"

namespace kernel {

constinit Handler* const* interrupt_handlers = nullptr;
constinit std::atomic<std::uint64_t> handlers_running = 0;

} // namespace kernel
