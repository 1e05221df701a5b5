; Exits with failure, and then resets the machine if it still runs.
%include "boot_sector.inc"

    begin
    mov al, 0x11
    out debug_exit, al
    mov al, 0xFE
    out 0x64, al
    jmp $
    finish
