; Sends one line and halts with interrupts off, so that nothing wakes the CPU.
%include "boot_sector.inc"

    begin
    say "good night", 13, 10
    cli
    hlt
    finish
