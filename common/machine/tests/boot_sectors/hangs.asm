; Sends one line, and then keeps the CPU busy for ever.
%include "boot_sector.inc"

    begin
    say "going round in circles", 13, 10
    cli
    jmp $
    finish
