; The address of the boot information is zero.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    xor ebx, ebx
    jmp start
