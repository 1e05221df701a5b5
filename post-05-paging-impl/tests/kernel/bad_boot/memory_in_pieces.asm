; The boot information is complete. Its memory map has more pieces than the kernel can keep.

extern start
global test_entry

PIECES equ 100
FRAME  equ 4096
FIRST  equ 64 << 20             ; the address of the first piece, above the kernel

section .boot progbits alloc exec nowrite align=16
bits 32
test_entry:
    mov ebx, information
    jmp start

; Start, length, type.
%macro region 3
    dq %1, %2
    dd %3, 0
%endmacro

align 8
information:
    dd information_end - information, 0
map:
    dd 6, map_end - map                 ; the memory map's tag, and its size
    dd 24, 0                            ; bytes of an entry, version
    region 1 << 20, (31 << 20), 1       ; available
%assign piece 0
%rep PIECES
    region FIRST + 2 * piece * FRAME, FRAME, 1
%assign piece piece + 1
%endrep
map_end:
    dd 0, 8                             ; the end tag
information_end:
