; Reports a failure on the screen and on COM1 before any C++ code can run.

global boot_failure

SCREEN          equ 0xB8000
SCREEN_CELLS    equ 80 * 25
WHITE_ON_RED    equ 0x4F00              ; the attribute byte of a cell, above its character

COM1            equ 0x3F8               ; register numbers as in the 16550 data sheet
INTERRUPTS      equ COM1 + 1
LINE_CONTROL    equ COM1 + 3
LINE_STATUS     equ COM1 + 5
DIVISOR_ACCESS  equ 1 << 7              ; in LINE_CONTROL: ports 0 and 1 hold the divisor
EIGHT_BITS      equ 3                   ; in LINE_CONTROL: 8 data bits, no parity, 1 stop bit
BAUD_115200     equ 1                   ; the divisor
HOLDING_EMPTY   equ 1 << 5              ; in LINE_STATUS: the transmitter can take a byte
PATIENCE        equ 1000000             ; how often to read LINE_STATUS before dropping a byte

section .boot progbits alloc exec nowrite align=16
bits 32

; Prints "KERNEL PANIC: " and the zero-terminated text at ESI, then stops the CPU for good.
boot_failure:
    push esi
    call clear_screen
    call initialize_serial
    mov edi, SCREEN
    mov esi, prefix
    call write_text
    pop esi
    call write_text
    mov esi, line_end
    call write_serial_text
.halt:
    cli
    hlt
    jmp .halt

clear_screen:
    mov edi, SCREEN
    mov ecx, SCREEN_CELLS
    mov ax, WHITE_ON_RED | ' '
    rep stosw
    ret

initialize_serial:
    mov dx, INTERRUPTS
    mov al, 0
    out dx, al
    mov dx, LINE_CONTROL
    mov al, DIVISOR_ACCESS
    out dx, al
    mov dx, COM1
    mov al, BAUD_115200
    out dx, al
    inc dx
    mov al, 0
    out dx, al
    mov dx, LINE_CONTROL
    mov al, EIGHT_BITS
    out dx, al
    ret

; Prints the text at ESI, from the screen cell at EDI on. Advances both.
write_text:
    push esi
    mov ah, WHITE_ON_RED >> 8
.next:
    lodsb
    test al, al
    jz .serial
    stosw
    jmp .next
.serial:
    pop esi
    ; falls through
write_serial_text:
    lodsb
    test al, al
    jz .done
    call write_serial_byte
    jmp write_serial_text
.done:
    ret

write_serial_byte:
    mov ah, al
    mov ecx, PATIENCE
    mov dx, LINE_STATUS
.wait:
    in al, dx
    test al, HOLDING_EMPTY
    jnz .send
    loop .wait
    ret                                 ; without a working port the screen still has the text
.send:
    mov al, ah
    mov dx, COM1
    out dx, al
    ret

section .rodata
prefix:   db "KERNEL PANIC: ", 0
line_end: db 13, 10, 0
