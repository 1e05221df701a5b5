; Reports a failure on the screen and on COM1 before any C++ code can run.

global boot_failure

SCREEN         equ 0xB8000
WHITE_ON_RED   equ 0x4F                 ; the attribute byte of a cell, above its character

COM1           equ 0x3F8                ; register numbers as in the 16550 data sheet
LINE_CONTROL   equ COM1 + 3
LINE_STATUS    equ COM1 + 5
DIVISOR_ACCESS equ 1 << 7               ; in LINE_CONTROL: ports 0 and 1 hold the divisor
EIGHT_BITS     equ 3                    ; in LINE_CONTROL: 8 data bits, no parity, 1 stop bit
BAUD_115200    equ 1                    ; the divisor
HOLDING_EMPTY  equ 1 << 5               ; in LINE_STATUS: the transmitter can take a byte
PATIENCE       equ 1000000              ; how often to read LINE_STATUS for each byte

%macro write_port 2                     ; port, byte
    mov dx, %1
    mov al, %2
    out dx, al
%endmacro

section .boot progbits alloc exec nowrite align=16
bits 32

; Prints the zero-terminated text at ESI, then stops the CPU for good.
; Precondition: the direction flag is clear.
boot_failure:
    write_port LINE_CONTROL, DIVISOR_ACCESS
    write_port COM1, BAUD_115200
    write_port COM1 + 1, 0              ; the divisor's high byte
    write_port LINE_CONTROL, EIGHT_BITS
    mov edi, SCREEN
.next:
    lodsb
    test al, al
    jz .halt
    mov ah, WHITE_ON_RED
    cmp al, ' '
    jb .send                            ; the line end is for the serial port only
    stosw
.send:
    mov bl, al
    mov dx, LINE_STATUS
    mov ecx, PATIENCE
.wait:
    in al, dx
    test al, HOLDING_EMPTY
    loopz .wait                         ; ends in any case: there may be no port, or a broken one
    write_port COM1, bl
    jmp .next
.halt:
    cli
    hlt
    jmp .halt
