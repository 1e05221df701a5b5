; Says one thing and is never heard of again. The CPU is halted, and no interrupt may wake it.
%include "boot_sector.inc"

    begin
    say "good night", 13, 10
    cli
    hlt
    finish
