; The boot information is complete but empty: it has no memory map.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov ebx, information
    jmp start

align 8
information:
    dd 16, 0                            ; bytes in all, reserved
    dd 0, 8                             ; the end tag
