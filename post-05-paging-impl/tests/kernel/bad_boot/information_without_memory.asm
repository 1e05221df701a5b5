; The boot information is mapped, but there is no memory: reads return all ones or zeros.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov ebx, (1 << 30) - 4096
    jmp start
