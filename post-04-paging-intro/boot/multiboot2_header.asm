; The multiboot2 header: how GRUB recognises a kernel.
; [Multiboot2 Specification, "The layout of Multiboot2 header"]

MAGIC        equ 0xE85250D6
ARCHITECTURE equ 0              ; 32-bit protected mode of i386: the state in which we are entered

section .multiboot2_header
align 8
header:
    dd MAGIC
    dd ARCHITECTURE
    dd header_end - header
    dd -(MAGIC + ARCHITECTURE + (header_end - header))     ; the four fields add up to zero
    ; Here tags would ask the boot loader for more. The end tag alone asks for nothing:
    dw 0                        ; type: end
    dw 0                        ; flags
    dd 8                        ; size of this tag in bytes
header_end:
