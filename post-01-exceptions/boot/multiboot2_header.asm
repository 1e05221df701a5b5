; The multiboot2 header: how GRUB recognises a kernel.
; [Multiboot2 Specification, "The layout of Multiboot2 header"]

MAGIC        equ 0xE85250D6
ARCHITECTURE equ 0              ; 32-bit protected mode of i386: the state in which we are entered

EGA_TEXT_SUPPORTED equ 1 << 1

section .multiboot2_header
align 8
header:
    dd MAGIC
    dd ARCHITECTURE
    dd header_end - header
    dd -(MAGIC + ARCHITECTURE + (header_end - header))     ; the four fields add up to zero
    ; Tags ask the boot loader for more, and each begins at a multiple of eight.
    ; What the kernel prints on: the EGA text screen, and the serial port where there is none. Bit 0
    ; would have the loader refuse to start the kernel without such a screen.
    ; [Multiboot2 Specification, "Console header tags"]
    dw 4                        ; type: console flags
    dw 0                        ; flags
    dd 12                       ; size of this tag in bytes
    dd EGA_TEXT_SUPPORTED
align 8
    dw 0                        ; type: end
    dw 0                        ; flags
    dd 8                        ; size of this tag in bytes
header_end:
