; Triple faults: executes an interrupt without an interrupt table.
%include "boot_sector.inc"

    begin
    say "last words", 13, 10
    lidt [no_table]
    int3
no_table:
    dw 0
    dd 0
    finish
