; Accesses that may fault. Each says beforehand where a page fault's handler shall make it go on.

global attempted_read, attempted_write, attempted_call
global attempt_resume_rip, attempt_resume_rsp

section .text
bits 64
default rel

; The address comes in RDI, the byte to write in RSI.
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
