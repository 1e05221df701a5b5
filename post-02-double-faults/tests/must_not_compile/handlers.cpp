// The vector decides the form of its handler, and a number is not a segment selector.

#include "interrupts/interrupt_descriptor_table.hpp"

using namespace kernel;

void plain(TrapFrame&);
void with_error_code(TrapFrame&, std::uint64_t);
void wrong_frame(TrapFrame);
int with_result(TrapFrame&);
Never never_returns(TrapFrame&, std::uint64_t);

void wrong_handlers(InterruptDescriptorTable& table) {
    table.set<Vector::breakpoint, plain>();
    table.set<Vector::page_fault, with_error_code>();
    table.set<Vector::breakpoint, with_error_code>(); // must not compile: no matching
    table.set<Vector::page_fault, plain>();           // must not compile: no matching
    table.set<Vector::double_fault, never_returns>();
    table.set<Vector::double_fault, with_error_code>(); // must not compile: no matching
    table.set<Vector::page_fault, never_returns>();     // must not compile: no matching
    table.set<Vector::double_fault, plain>();           // must not compile: no matching
    table.set<Vector::breakpoint, wrong_frame>();       // must not compile: no matching
    table.set<Vector::breakpoint, with_result>();       // must not compile: no matching
    table.set<3, plain>();                              // must not compile: no matching
    table.set<Vector::breakpoint, plain>(8);            // must not compile: InterruptStack
    table.set<Vector::double_fault, never_returns>(1);  // must not compile: InterruptStack
    InterruptDescriptorTable copy{table};               // must not compile: deleted
    InterruptDescriptorTable{}.load();                  // must not compile: deleted
}

Gate gate = Gate::interrupt(SegmentSelector{8}, 4096);
Gate number_for_selector = Gate::interrupt(8, 4096); // must not compile: SegmentSelector

Never comes_back(TrapFrame&, std::uint64_t) {} // must not compile: non-void function
