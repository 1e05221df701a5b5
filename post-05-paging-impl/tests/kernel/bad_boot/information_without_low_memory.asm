; By the memory map all free memory is above the first GiB, but the boot code has mapped only that
; GiB: there is no memory for the page tables that would map the rest.

extern start, kernel_end
global test_entry

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov ebx, information
    jmp start

KERNEL_START equ 1 << 20
AVAILABLE    equ 1

align 8
information:
    dd information_end - information, 0
memory_map:
    dd 6, memory_map_end - memory_map   ; type, size
    dd 24, 0                            ; bytes of an entry, version
    dq KERNEL_START
    dd kernel_end - KERNEL_START, 0     ; bytes
    dd AVAILABLE, 0
    dq 1 << 30, 1 << 30
    dd AVAILABLE, 0
memory_map_end:
    dd 0, 8                             ; the end tag
information_end:
