; Fills a few cells of the text screen and halts.
%include "boot_sector.inc"

    begin
    mov ax, 0x0003                      ; 80 by 25 cells, blank
    int 0x10
    mov ax, 0xB800
    mov es, ax
    mov word [es:0], 0x1F00 + 'A'       ; row 0, column 0: white on blue
    mov word [es:2], 0x0CFE             ; the block, bright red
    mov word [es:(3 * 80 + 78) * 2], 0x0700 + 'y'
    mov word [es:(24 * 80 + 79) * 2], 0x0700 + 'Z'
    say "written", 13, 10
    cli
    hlt
    finish
