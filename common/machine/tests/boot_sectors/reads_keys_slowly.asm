; Reads the bytes of the keyboard controller itself, with a pause before each one. Sends "down" for
; every key that is pressed.
%include "boot_sector.inc"

    begin
    cli
    say "type", 13, 10
.next:
    in al, 0x64                         ; bit 0: a byte waits
    test al, 1
    jz .next
    mov ecx, 2000000
.think:
    dec ecx
    jnz .think
    in al, 0x60
    test al, 0x80                       ; the key goes up
    jnz .next
    say "down "
    jmp .next
    finish
