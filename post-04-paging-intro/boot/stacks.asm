; The kernel's stacks. Each grows down, from its top, towards its guard pages: page_tables.asm leaves
; those out of the map, so that a stack which overflows is stopped before it destroys anything.
;
; A frame that is larger than the guard would step over it. Code that the compiler makes for us does
; not: it touches a large frame page by page (the Makefile's -fstack-clash-protection). But between
; two touches the stack pointer may move by a whole page, and what comes next may write right below
; it: the CPU for an interrupt or, since clang does not touch a frame's last page, the next call.
; So one page is not enough.
;
; What remains are frames that are aligned to more than a page (g++ moves the stack pointer to the
; boundary without a touch), assembly code, and what comes compiled in a library: nothing checks
; the size of their frames.

global kernel_stack_guard, kernel_stack_bottom, kernel_stack_top
global double_fault_stack_guard, double_fault_stack_bottom, double_fault_stack_top

PAGE_SIZE               equ 4096
GUARD_SIZE              equ 2 * PAGE_SIZE
STACK_SIZE              equ 32 * 1024   ; bytes
DOUBLE_FAULT_STACK_SIZE equ 16 * 1024

section .bss
alignb PAGE_SIZE                        ; more than the System V ABI's 16 at a call
double_fault_stack_guard:
    resb GUARD_SIZE
double_fault_stack_bottom:
    resb DOUBLE_FAULT_STACK_SIZE
double_fault_stack_top:

kernel_stack_guard:
    resb GUARD_SIZE
kernel_stack_bottom:
    resb STACK_SIZE
kernel_stack_top:
