; Exits with a code without a meaning: 2 * 0x2A + 1 = 85.
%include "boot_sector.inc"

    begin
    exit 0x2A
    finish
