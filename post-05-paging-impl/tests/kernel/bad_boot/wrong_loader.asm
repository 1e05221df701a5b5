; Enters the kernel like a loader of the first multiboot specification: with another magic number.

extern start
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov eax, 0x2BADB002
    jmp start
