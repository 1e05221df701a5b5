; The boot information lies where nothing is mapped: looking would be a page fault.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov ebx, 0xFFFFFFF8
    jmp start
