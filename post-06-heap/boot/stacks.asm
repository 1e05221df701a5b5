; The kernel's stacks. Each grows down from its top towards its guard pages. page_tables.asm does not
; map those, so a stack that overflows causes a page fault before it destroys anything.
;
; A function whose frame (its part of the stack) is larger than the guard could step over it. Our
; compiler prevents that: its code touches a large frame page by page (-fstack-clash-protection, see
; the Makefile). But between two touches the stack pointer moves by up to a page, and the next write
; may be right below it: the CPU pushes the frame of an interrupt there. (With clang the next call
; writes there, too: clang does not touch the last page of a frame.) So the guard takes two pages.
;
; Three kinds of frames are not covered: those aligned to more than a page, because g++ moves the
; stack pointer to the boundary without a touch; those of assembly code; and those of functions from
; a compiled library.

global kernel_stack_guard, kernel_stack_bottom, kernel_stack_top
global double_fault_stack_guard, double_fault_stack_bottom, double_fault_stack_top

PAGE_SIZE               equ 4096
GUARD_SIZE              equ 2 * PAGE_SIZE
STACK_SIZE              equ 32 * 1024   ; bytes
DOUBLE_FAULT_STACK_SIZE equ 16 * 1024

section .bss
alignb PAGE_SIZE                        ; guard pages are whole pages
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
