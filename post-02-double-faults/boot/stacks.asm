; The kernel's stacks. Each grows down, from its top, towards a guard page: page_tables.asm leaves
; that one out of the map, so that a stack which overflows is stopped before it destroys anything.
;
; A frame that is larger than the guard would step over it. Code that the compiler makes for us does
; not: it touches a large frame page by page (the Makefile's -fstack-clash-protection). What remains
; are assembly code and what comes compiled in a library: nothing checks the size of their frames.
; And clang leaves out a frame of exactly one page: if that begins where the stack ends, the return
; address of the next call lands right below the guard.
;
; A fault near the guard's lower end may put a few words below it. That is the double fault's stack
; then, which nobody needs before a double fault begins at its top.

global kernel_stack_guard, kernel_stack_bottom, kernel_stack_top
global double_fault_stack_guard, double_fault_stack_bottom, double_fault_stack_top

PAGE_SIZE               equ 4096
STACK_SIZE              equ 32 * 1024   ; bytes
DOUBLE_FAULT_STACK_SIZE equ 16 * 1024

section .bss
alignb PAGE_SIZE                        ; more than the System V ABI's 16 at a call
double_fault_stack_guard:
    resb PAGE_SIZE
double_fault_stack_bottom:
    resb DOUBLE_FAULT_STACK_SIZE
double_fault_stack_top:

kernel_stack_guard:
    resb PAGE_SIZE
kernel_stack_bottom:
    resb STACK_SIZE
kernel_stack_top:
