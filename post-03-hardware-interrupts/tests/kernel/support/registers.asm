; See registers.hpp. Every register is loaded, so the pointers are kept on the stack.

global int3_with_registers, halt_with_registers

section .text
bits 64
default rel

; The instruction, with known registers before it.
; RDI = Registers before, RSI = Registers after, RDX = Place
%macro with_registers 1+
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    pushfq
    push rsi
    mov [rdx + 8], rsp
    lea rax, [rel %%behind]
    mov [rdx], rax

    push qword [rdi + 15 * 8]
    popfq
    mov rax, [rdi]
    mov rbx, [rdi + 1 * 8]
    mov rcx, [rdi + 2 * 8]
    mov rdx, [rdi + 3 * 8]
    mov rsi, [rdi + 4 * 8]
    mov rbp, [rdi + 6 * 8]
    mov r8,  [rdi + 7 * 8]
    mov r9,  [rdi + 8 * 8]
    mov r10, [rdi + 9 * 8]
    mov r11, [rdi + 10 * 8]
    mov r12, [rdi + 11 * 8]
    mov r13, [rdi + 12 * 8]
    mov r14, [rdi + 13 * 8]
    mov r15, [rdi + 14 * 8]
    mov rdi, [rdi + 5 * 8]
    %1
%%behind:
    xchg rdi, [rsp]                     ; RDI = Registers after, and its value to the stack
    mov [rdi], rax
    mov [rdi + 1 * 8], rbx
    mov [rdi + 2 * 8], rcx
    mov [rdi + 3 * 8], rdx
    mov [rdi + 4 * 8], rsi
    mov [rdi + 6 * 8], rbp
    mov [rdi + 7 * 8], r8
    mov [rdi + 8 * 8], r9
    mov [rdi + 9 * 8], r10
    mov [rdi + 10 * 8], r11
    mov [rdi + 11 * 8], r12
    mov [rdi + 12 * 8], r13
    mov [rdi + 13 * 8], r14
    mov [rdi + 14 * 8], r15
    pop qword [rdi + 5 * 8]             ; POP and PUSH change no flag
    pushfq
    pop qword [rdi + 15 * 8]

    popfq
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret
%endmacro

int3_with_registers:
    with_registers int3

; Interrupts are off before and after, and on while it waits for one.
halt_with_registers:
    with_registers call .halt

.halt:
    sti
    hlt
    cli
    ret
