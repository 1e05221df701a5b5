; Where the CPU arrives when a vector is raised: 256 stubs that bring every stack frame into the same
; layout, that of trap_frame.hpp, and the code that all of them jump to.

global interrupt_stubs
extern interrupt_handlers

; The same list as in vector.hpp.
%define pushes_error_code(v) ((v) = 8 || ((v) >= 10 && (v) <= 14) || (v) = 17 || (v) = 21 || (v) = 29 || (v) = 30)

section .text
bits 64
default rel                             ; address memory relative to RIP

%assign vector 0
%rep 256
stub_ %+ vector:
    %if !pushes_error_code(vector)
    push 0
    %endif
    push vector
    jmp save_and_call
    %assign vector vector + 1
%endrep

; The CPU aligns RSP to 16 bytes before it pushes. Its 5 words, the error code, the vector and 15
; registers are 22 words, 176 bytes, so RSP is a multiple of 16 again at the call, as the System V
; ABI requires.
save_and_call:
    push rax
    push rbx
    push rcx
    push rdx
    push rsi
    push rdi
    push rbp
    push r8
    push r9
    push r10
    push r11
    push r12
    push r13
    push r14
    push r15
    cld                                 ; the ABI requires DF = 0; iretq restores the old flag
    mov rdi, rsp                        ; TrapFrame&
    mov rax, [rsp + 15 * 8]             ; frame.vector
    mov rcx, [interrupt_handlers]
    call [rcx + rax * 8]
    pop r15
    pop r14
    pop r13
    pop r12
    pop r11
    pop r10
    pop r9
    pop r8
    pop rbp
    pop rdi
    pop rsi
    pop rdx
    pop rcx
    pop rbx
    pop rax
    add rsp, 2 * 8                      ; the vector and the error code
    iretq

section .rodata
align 16                                ; C++ expects this of an array
interrupt_stubs:
%assign vector 0
%rep 256
    dq stub_ %+ vector
    %assign vector vector + 1
%endrep
