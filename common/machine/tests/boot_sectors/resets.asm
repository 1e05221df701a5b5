; Resets the machine through the keyboard controller.
%include "boot_sector.inc"

    begin
    say "once more", 13, 10
    mov al, 0xFE
    out 0x64, al
    jmp $
    finish
