; Panics with a message in two parts, keeps the CPU busy between them, and halts.
%include "boot_sector.inc"

    begin
    say "booting", 13, 10, "KERNEL PANIC: the sky fell", 13, 10
    mov bx, [0x46C]                     ; the BIOS's clock, 18.2 ticks per second
    add bx, 6                           ; about 300 ms
.wait:
    cmp [0x46C], bx
    jne .wait
    say "end of the message", 13, 10
    cli
    hlt
    finish
