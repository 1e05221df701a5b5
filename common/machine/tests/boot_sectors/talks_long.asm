; Sends 5000 lines of 64 characters: more than a pipe or socket buffers.
%include "boot_sector.inc"

    begin
    mov cx, 5000
.next:
    say "................ a line that is repeated five thousand times", 13, 10
    loop .next
    say "the end", 13, 10
    exit 0x10
    finish
