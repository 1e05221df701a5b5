; See timed_call.hpp.

global timed_call, return_at_once

section .text
bits 64
default rel

; RDI = function; RSI, RDX, RCX and R8 = its arguments. Returns the result in RAX, the ticks in RDX.
timed_call:
    push rbx
    push r12
    push r13 ; four words with the return address, so that RSP is aligned at the call
    mov r12, rdi
    mov rdi, rsi
    mov rsi, rdx
    mov r13, rcx
    mov rcx, r8
    rdtsc
    shl rdx, 32
    or rdx, rax
    mov rbx, rdx
    mov rdx, r13
    call r12
    mov r12, rax
    rdtsc
    shl rdx, 32
    or rdx, rax
    sub rdx, rbx
    mov rax, r12
    pop r13
    pop r12
    pop rbx
    ret

return_at_once:
    ret
