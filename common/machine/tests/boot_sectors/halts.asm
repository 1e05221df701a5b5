; Halts for ever, and is woken by the timer again and again.
%include "boot_sector.inc"

    begin
    say "ready", 13, 10
.sleep:
    hlt
    jmp .sleep
    finish
