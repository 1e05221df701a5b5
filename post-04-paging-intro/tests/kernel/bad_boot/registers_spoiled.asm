; Sets every register that the multiboot2 specification leaves undefined to a harmful value, if this
; CPU has the register. `-cpu max` has the most.
; [Multiboot2 Specification, "I386 machine state"]

extern start
global test_entry

FEATURES          equ 7                 ; a CPUID leaf
EXTENDED_FEATURES equ 0x80000001        ; another

CR0_SPOILED       equ 0x6005000A        ; CD, NW, AM, WP, TS, MP; NE is off
CR4_SPOILED       equ 0x21C             ; TSD, DE, PSE, OSFXSR
CR4_MCE           equ 1 << 6
EFER              equ 0xC0000080
EFER_LONG_MODE    equ 1 << 8
FLAGS_SPOILED     equ 0x47CD5           ; AC, NT, IOPL 3, OF, DF, SF, ZF, AF, PF, CF
LOCAL_TABLE       equ 8                 ; a selector
SCREEN            equ 0xB8000
BREAK_ON_WRITES   equ 0x000D0002        ; DR7: breakpoint 0 for writes of 4 bytes

section .boot progbits alloc exec nowrite align=16
bits 32

; Sets bit %3 of EDI if the feature bit %2 of register %1 is set.
%macro spoil_if_supported 3
    bt %1, %2
    jnc %%without
    or edi, 1 << %3
%%without:
%endmacro

test_entry:
    mov [magic], eax
    mov [information], ebx

    mov edi, CR4_SPOILED | CR4_MCE
    mov eax, FEATURES
    xor ecx, ecx
    cpuid
    spoil_if_supported ebx, 0, 16       ; FSGSBASE
    spoil_if_supported ebx, 7, 20       ; SMEP
    spoil_if_supported ebx, 20, 21      ; SMAP
    spoil_if_supported ecx, 2, 11       ; UMIP
    spoil_if_supported ecx, 3, 22       ; PKE
    spoil_if_supported ecx, 7, 23       ; CET
    spoil_if_supported ecx, 16, 12      ; LA57: page tables of five levels
    mov eax, cr0
    or eax, CR0_SPOILED                 ; before CR4: CET requires WP
    mov cr0, eax
    mov cr4, edi

    mov edi, EFER_LONG_MODE
    mov eax, EXTENDED_FEATURES
    cpuid
    spoil_if_supported edx, 11, 0       ; SCE
    spoil_if_supported edx, 20, 11      ; NXE
    mov ecx, EFER
    mov eax, edi
    xor edx, edx
    wrmsr

    mov eax, SCREEN
    mov dr0, eax
    mov eax, BREAK_ON_WRITES
    mov dr7, eax
    mov eax, 0xDEADBEEF
    mov cr2, eax
    mov cr3, eax
    lgdt [table_pointer]
    mov ax, LOCAL_TABLE
    lldt ax
    lgdt [no_table]
    lidt [no_table]
    push FLAGS_SPOILED
    popfd

    mov eax, [magic]
    mov ebx, [information]
    mov ecx, 0xDEADBEEF
    mov edx, ecx
    mov esi, ecx
    mov edi, ecx
    mov ebp, ecx
    mov esp, ecx
    jmp start

section .data
magic:       dd 0
information: dd 0
table:
    dq 0
    dq 0x00008200_0000FFFF              ; a local descriptor table at address 0
table_pointer:
    dw table_pointer - table - 1
    dd table
no_table:
    dw 0xFFFF
    dd 0xDEADBEEF
