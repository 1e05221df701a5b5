; The boot information is at an address that is not mapped: reading it would be a page fault.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov ebx, 0xFFFFFFF8
    jmp start
