; Panics, and exits with failure after a while.
%include "boot_sector.inc"

    begin
    say "KERNEL PANIC: in a test", 13, 10
    mov bx, [0x46C]
    add bx, 6
.wait:
    cmp [0x46C], bx
    jne .wait
    exit 0x11
    finish
