; The boot information's size ends in the middle of it.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    sub dword [ebx], 8
    jmp start
