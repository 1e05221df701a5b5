; Sends every character that is typed to the serial line, as the BIOS decodes it.
%include "boot_sector.inc"

    begin
    say "type", 13, 10
.next:
    xor ah, ah
    int 0x16                            ; waits; AL: the character, AH: the scancode
    call write_character
    jmp .next
    finish
