; Leaves with failure, and resets the machine if it is still there.
%include "boot_sector.inc"

    begin
    mov al, 0x11
    out debug_exit, al
    mov al, 0xFE
    out 0x64, al
    jmp $
    finish
