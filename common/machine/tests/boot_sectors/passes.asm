; Sends a few lines and exits with success.
%include "boot_sector.inc"

    begin
    say "first line", 13, 10, "tick", 13, 10, "tick", 13, 10, "not at the start: KERNEL PANIC", 13, 10
    exit 0x10
    finish
