; Sends the time that a loop took by the time-stamp counter: eight letters, 'A' to 'P', for hexadecimal digits.
%include "boot_sector.inc"

    begin
    cli
    rdtsc
    mov ebx, eax
    mov ecx, 100000
.loop:
    dec ecx
    jnz .loop
    rdtsc
    sub eax, ebx
    mov ebx, eax
    mov cx, 8
.digit:
    rol ebx, 4
    mov al, bl
    and al, 0x0F
    add al, 'A'
    call write_character
    loop .digit
    exit 0x10
    finish
