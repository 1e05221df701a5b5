; Says one thing and is never heard of again. The CPU stays busy.
%include "boot_sector.inc"

    begin
    say "going round in circles", 13, 10
    cli
    jmp $
    finish
