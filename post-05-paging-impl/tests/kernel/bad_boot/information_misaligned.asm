; The address of the boot information is not a multiple of 8.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    or ebx, 4
    jmp start
