; The first page tables. They map the first GiB of memory to itself, except for page 0 and the guard
; pages, where every access is a mistake. No page is both writable and executable, if the CPU knows
; "no execute".
; [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]

global build_page_tables
global level4_table, level3_table, level2_table, level1_table
extern no_execute                       ; entry.asm
extern kernel_stack_guard, kernel_stack_bottom             ; stacks.asm
extern double_fault_stack_guard, double_fault_stack_bottom ; stacks.asm
extern code_start, code_end, rodata_start, rodata_end ; linker.ld

PRESENT         equ 1 << 0
WRITABLE        equ 1 << 1
LARGE_PAGE      equ 1 << 7              ; this level-2 entry maps a page of 2 MiB
LARGE_PAGE_SIZE equ 2 << 20
PAGE_SIZE       equ 4096                ; of the pages that level 1 maps
ENTRIES         equ 512

section .boot progbits alloc exec nowrite align=16
bits 32

; Sets the level-1 entries of the pages from address %1 to below address %2, in the first 2 MiB, to
; their own addresses and the flags %3; bits 63 to 32 to %4.
%macro set_pages 4
    mov eax, %1
    mov ecx, %2
    mov ebx, %3
    mov edx, %4
    call set_level1_entries
%endmacro

; Fills the tables. Precondition: they are all zero. Overwrites EAX, EBX, ECX, EDX and EDI. Of bits 63
; to 32 of an entry only bit 63, "no execute", can be set, because all addresses are below 4 GiB.
; An entry that points to a table allows everything; the entry of the page decides.
build_page_tables:
    mov dword [level4_table], level3_table + (PRESENT | WRITABLE)
    mov dword [level3_table], level2_table + (PRESENT | WRITABLE)
    mov edx, [no_execute]
    mov eax, PRESENT | WRITABLE | LARGE_PAGE
    xor ecx, ecx
.next:
    mov [level2_table + ecx * 8], eax
    mov [level2_table + ecx * 8 + 4], edx
    add eax, LARGE_PAGE_SIZE
    inc ecx
    cmp ecx, ENTRIES
    jne .next

    ; The first 2 MiB again, in pages of 4 KiB, so that single pages can be left out or protected.
    mov dword [level2_table], level1_table + (PRESENT | WRITABLE)
    mov dword [level2_table + 4], 0     ; some of these pages are executable
    set_pages 0, LARGE_PAGE_SIZE, PRESENT | WRITABLE, [no_execute]
    set_pages code_start, code_end, PRESENT, 0
    set_pages rodata_start, rodata_end, PRESENT, [no_execute]
    set_pages 0, PAGE_SIZE, 0, 0        ; not mapped: null pointers point there
    set_pages kernel_stack_guard, kernel_stack_bottom, 0, 0
    set_pages double_fault_stack_guard, double_fault_stack_bottom, 0, 0
    ret

; What set_pages calls: from EAX to below ECX, with EBX and EDX in the entries. Overwrites EAX and
; EDI.
set_level1_entries:
    mov edi, eax
    shr edi, 12                         ; the number of the page, and of its entry
    mov [level1_table + edi * 8], eax
    or [level1_table + edi * 8], ebx
    mov [level1_table + edi * 8 + 4], edx
    add eax, PAGE_SIZE
    cmp eax, ecx
    jb set_level1_entries
    ret

section .bss
alignb 4096
level4_table: resq ENTRIES
level3_table: resq ENTRIES
level2_table: resq ENTRIES
level1_table: resq ENTRIES
