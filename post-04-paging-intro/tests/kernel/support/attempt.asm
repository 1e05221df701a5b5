; Accesses that may fault. Each first stores where the page fault's handler must continue.

global attempted_read, attempted_write, attempted_call
global attempt_resume_rip, attempt_resume_rsp

section .text
bits 64
default rel

; RDI = the address, RSI = the byte to write.
%macro attempt 1+
    lea rax, [rel %%resume]
    mov [attempt_resume_rip], rax
    mov [attempt_resume_rsp], rsp
    %1
%%resume:
    ret
%endmacro

attempted_read:
    attempt mov al, [rdi]

attempted_write:
    attempt mov [rdi], sil

attempted_call:
    attempt call rdi

section .bss
alignb 8
attempt_resume_rip: resq 1
attempt_resume_rsp: resq 1
