; Halts and is woken by the timer for ever.
%include "boot_sector.inc"

    begin
    say "ready", 13, 10
.sleep:
    hlt
    jmp .sleep
    finish
