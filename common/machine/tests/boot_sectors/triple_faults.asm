; An interrupt without any table to find its handler in.
%include "boot_sector.inc"

    begin
    say "last words", 13, 10
    lidt [no_table]
    int3
no_table:
    dw 0
    dd 0
    finish
