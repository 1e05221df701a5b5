; See stack_end.hpp.

global call_on_stack_at, come_back

section .text
bits 64

; RDI = the function, RSI = the stack pointer for it
call_on_stack_at:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov [rel own_stack], rsp
    mov rsp, rsi
    call rdi
come_back:
    mov rsp, [rel own_stack]
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

section .bss
own_stack: resq 1
