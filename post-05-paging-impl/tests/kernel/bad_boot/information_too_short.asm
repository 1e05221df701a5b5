; The boot information says that it has 8 bytes: its own header and nothing else.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov dword [ebx], 8
    jmp start
