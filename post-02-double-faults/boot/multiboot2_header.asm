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
    ; The kernel uses an EGA text screen if there is one, and the serial port in any case. With bit 0
    ; set, the loader would refuse to start the kernel on a PC that has no text screen.
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
