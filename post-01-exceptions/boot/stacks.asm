; The kernel's stack. It grows down, from its top.

global kernel_stack_bottom, kernel_stack_top

STACK_SIZE equ 32 * 1024                ; bytes

section .bss
alignb 16                               ; as the System V ABI requires it at a call
kernel_stack_bottom:
    resb STACK_SIZE
kernel_stack_top:
