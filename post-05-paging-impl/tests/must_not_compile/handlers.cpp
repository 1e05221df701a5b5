// The vector decides what its handler looks like.

#include "interrupts/interrupt_descriptor_table.hpp"

using namespace kernel;

void plain(TrapFrame&);
void with_error_code(TrapFrame&, std::uint64_t);
void wrong_frame(TrapFrame);
int with_result(TrapFrame&);
Never never_returns(TrapFrame&, std::uint64_t);

void wrong_handlers(InterruptDescriptorTable& table, SegmentSelector code) {
    table.set<Vector::breakpoint, plain>(code);
    table.set<Vector::page_fault, with_error_code>(code);
    table.set<Vector::breakpoint, with_error_code>(code); // must not compile: no matching
    table.set<Vector::page_fault, plain>(code);           // must not compile: no matching
    table.set<Vector::double_fault, never_returns>(code);
    table.set<Vector::double_fault, with_error_code>(code);  // must not compile: no matching
    table.set<Vector::page_fault, never_returns>(code);      // must not compile: no matching
    table.set<Vector::double_fault, plain>(code);            // must not compile: no matching
    table.set<Vector::breakpoint, wrong_frame>(code);        // must not compile: no matching
    table.set<Vector::breakpoint, with_result>(code);        // must not compile: no matching
    table.set<3, plain>(code);                               // must not compile: no matching
    table.set<Vector::breakpoint, plain>(8);                 // must not compile: no matching
    table.set<Vector::double_fault, never_returns>(code, 1); // must not compile: no matching
    InterruptDescriptorTable copy{table};                    // must not compile: deleted
    InterruptDescriptorTable{}.load();                       // must not compile: deleted
}

Never comes_back(TrapFrame&, std::uint64_t) {} // must not compile: non-void function
