; The boot information has a size of 8 bytes: only its header.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov dword [ebx], 8
    jmp start
