; From the boot loader to kernel_main: 32-bit protected mode in, 64-bit long mode out.
;
; GRUB enters with its magic number in EAX, the physical address of the boot information in EBX,
; flat segments, paging off and interrupts off. The specification promises nothing about the other
; registers, so we load each one that matters to us.
; [Multiboot2 Specification, "I386 machine state"]
; [Intel SDM vol. 3A, "Initializing IA-32e Mode"; vol. 3B, "Debug Control Register (DR7)"]

global start
extern kernel_stack_top                 ; stacks.asm
extern build_page_tables, level4_table  ; page_tables.asm
extern boot_failure                     ; failure.asm
extern run_constructors, kernel_main    ; C++

LOADER_MAGIC      equ 0x36D76289
EFLAGS_ID         equ 1 << 21
CPUID_EXTENDED    equ 0x80000000        ; EAX returns the highest extended leaf
CPUID_FEATURES    equ 0x80000001
FEATURE_LONG_MODE equ 1 << 29           ; in EDX of that leaf

CR0_PROTECTION    equ 1 << 0
CR0_ALWAYS_SET    equ 1 << 4            ; ET, from the days of separate FPUs
CR0_NUMERIC_ERROR equ 1 << 5            ; the FPU reports errors as vector 16, not as an IRQ
CR0_PAGING        equ 1 << 31
CR4_PAE           equ 1 << 5
DR7_NO_BREAKPOINT equ 1 << 10           ; this bit is always set
MSR_EFER          equ 0xC0000080
EFER_LONG_MODE    equ 1 << 8

; ------------------------------------------------------------------------------------------------
section .boot progbits alloc exec nowrite align=16
bits 32
start:
    mov ecx, DR7_NO_BREAKPOINT          ; a breakpoint would find no handler
    mov dr7, ecx
    lidt [no_interrupts]                ; from here on an exception resets the machine
    mov esp, kernel_stack_top
    push EFLAGS_ID                      ; clears all other flags: DF, NT, AC, IOPL
    popfd

    mov esi, message_loader             ; boot_failure prints the message at ESI
    cmp eax, LOADER_MAGIC
    jne boot_failure

; The CPUID instruction exists if the ID flag can be set.
; [Intel SDM vol. 1, "Identification of Earlier IA-32 Processors"]
    pushfd
    pop eax
    push 0
    popfd
check_cpuid:
    mov esi, message_cpuid
    test eax, EFLAGS_ID
    jz boot_failure

    mov esi, message_long_mode
    mov eax, CPUID_EXTENDED
    cpuid
    cmp eax, CPUID_FEATURES
    jb boot_failure                     ; this CPU has no such leaf
    mov eax, CPUID_FEATURES
    cpuid
    test edx, FEATURE_LONG_MODE
    jz boot_failure

    call build_page_tables

; The manual prescribes the order: PAE and CR3, then EFER.LME, then CR0.PG. We load whole registers,
; so that no bit stays on that the firmware or the loader has set. CR4.LA57, for example, would give
; the page tables a fifth level, and cannot be cleared once long mode is active. CR4 comes before
; CR0, because CR0.WP cannot be cleared while CR4.CET is set.
; [Intel SDM vol. 3A, "Initializing IA-32e Mode", "Control Registers"]
    mov eax, CR4_PAE
    mov cr4, eax
    mov eax, level4_table
    mov cr3, eax
    xor eax, eax
    mov cr2, eax                        ; there has been no page fault yet
    mov ecx, MSR_EFER
    mov eax, EFER_LONG_MODE
    xor edx, edx                        ; bits 63 to 32
    wrmsr
    mov eax, CR0_PAGING | CR0_NUMERIC_ERROR | CR0_ALWAYS_SET | CR0_PROTECTION
    mov cr0, eax                        ; now in long mode, but still running 32-bit code
    lgdt [gdt_pointer]
    jmp CODE_SELECTOR:long_mode         ; into 64-bit code

; ------------------------------------------------------------------------------------------------
bits 64
default rel
long_mode:
    mov ax, DATA_SELECTOR               ; the old selectors are those of GRUB's table
    mov ss, ax
    mov ds, ax
    mov es, ax
    mov fs, ax
    mov gs, ax
    xor eax, eax
    lldt ax                             ; we use no local descriptor table
    mov rsp, kernel_stack_top           ; bits 63 to 32 are undefined after the switch
    call run_constructors
    call kernel_main                    ; never returns

; ------------------------------------------------------------------------------------------------
section .rodata
message_loader:    db "KERNEL PANIC: not loaded by a multiboot2 boot loader", 13, 10, 0
message_cpuid:     db "KERNEL PANIC: this CPU has no CPUID instruction", 13, 10, 0
message_long_mode: db "KERNEL PANIC: this CPU has no long mode (it is not an x86-64)", 13, 10, 0

; A code and a data segment. In 64-bit mode base and limit are ignored.
; We set the accessed bit, because the CPU would otherwise try to set it in read-only data.
; [Intel SDM vol. 3A, "Segment Descriptors"]
ACCESSED  equ 1 << 40
WRITABLE  equ 1 << 41                   ; of a data segment
CODE      equ 1 << 43
ORDINARY  equ 1 << 44                   ; code or data, not a system descriptor
PRESENT   equ 1 << 47
LONG_MODE equ 1 << 53

align 8
gdt:
    dq 0
gdt_data:
    dq PRESENT | ORDINARY | WRITABLE | ACCESSED
gdt_code:
    dq PRESENT | ORDINARY | CODE | LONG_MODE | ACCESSED
gdt_pointer:
    dw gdt_pointer - gdt - 1
    dd gdt
no_interrupts:
    dw 0                                ; the limit: no room for a gate
    dd 0

CODE_SELECTOR equ gdt_code - gdt
DATA_SELECTOR equ gdt_data - gdt
