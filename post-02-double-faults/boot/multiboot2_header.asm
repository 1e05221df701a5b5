; The multiboot2 header: how GRUB recognises a kernel.
; [Multiboot2 Specification, "The layout of Multiboot2 header"]

MAGIC        equ 0xE85250D6
ARCHITECTURE equ 0              ; enter in the 32-bit protected mode of an i386

EGA_TEXT_SUPPORTED equ 1 << 1

section .multiboot2_header
align 8
header:
    dd MAGIC
    dd ARCHITECTURE
    dd header_end - header
    dd -(MAGIC + ARCHITECTURE + (header_end - header))     ; the sum of the four fields is zero
    ; The tags of the header follow. Each begins at a multiple of 8.
    ; This one says that the kernel can use an EGA text screen. Bit 0 would say that it needs one:
    ; then GRUB would refuse to start it on a PC without. [Multiboot2 Specification, "Flags tag"]
    dw 4                        ; type: console flags
    dw 0                        ; flags
    dd 12                       ; size of this tag in bytes
    dd EGA_TEXT_SUPPORTED
align 8
    dw 0                        ; type: end
    dw 0                        ; flags
    dd 8                        ; size of this tag in bytes
header_end:
