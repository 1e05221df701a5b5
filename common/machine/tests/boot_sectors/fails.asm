; Exits with failure.
%include "boot_sector.inc"

    begin
    say "expected 1, got 2", 13, 10
    exit 0x11
    finish
