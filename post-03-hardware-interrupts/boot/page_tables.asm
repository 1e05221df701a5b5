; The first page tables. They map the first GiB of memory to itself, except for page 0 and the guard
; pages, where every access is a mistake.
; [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]

global build_page_tables
global level4_table, level3_table, level2_table, level1_table
extern kernel_stack_guard, kernel_stack_bottom             ; stacks.asm
extern double_fault_stack_guard, double_fault_stack_bottom ; stacks.asm

PRESENT         equ 1 << 0
WRITABLE        equ 1 << 1
LARGE_PAGE      equ 1 << 7              ; this level-2 entry maps a page of 2 MiB
LARGE_PAGE_SIZE equ 2 << 20
PAGE_SIZE_SHIFT equ 12                  ; 4 KiB
ENTRIES         equ 512

section .boot progbits alloc exec nowrite align=16
bits 32

; Fills the tables. Precondition: they are all zero. Overwrites EAX and ECX.
build_page_tables:
    mov dword [level4_table], level3_table + (PRESENT | WRITABLE)
    mov dword [level3_table], level2_table + (PRESENT | WRITABLE)
    mov eax, PRESENT | WRITABLE | LARGE_PAGE
    xor ecx, ecx
.next:
    mov [level2_table + ecx * 8], eax   ; bits 63 to 32 stay zero: the page is below 4 GiB
    add eax, LARGE_PAGE_SIZE
    inc ecx
    cmp ecx, ENTRIES
    jne .next
    ; falls through

; Maps the first 2 MiB again, in pages of 4 KiB, so that single pages can be left out or protected.
map_small_pages:
    mov eax, PRESENT | WRITABLE
    xor ecx, ecx
.next:
    mov [level1_table + ecx * 8], eax
    add eax, 1 << PAGE_SIZE_SHIFT
    inc ecx
    cmp ecx, ENTRIES
    jne .next
    mov eax, level1_table
    or eax, PRESENT | WRITABLE
    mov [level2_table], eax

    xor eax, eax                        ; page 0, where null pointers point
    mov ecx, 1 << PAGE_SIZE_SHIFT
    call unmap_pages
    mov eax, kernel_stack_guard
    mov ecx, kernel_stack_bottom
    call unmap_pages
    mov eax, double_fault_stack_guard
    mov ecx, double_fault_stack_bottom
    ; falls through

; Unmaps the pages from address EAX to below address ECX: at least one, in the first 2 MiB.
; Overwrites EAX and ECX.
unmap_pages:
    shr eax, PAGE_SIZE_SHIFT
    shr ecx, PAGE_SIZE_SHIFT
.next:
    mov dword [level1_table + eax * 8], 0
    inc eax
    cmp eax, ecx
    jne .next
    ret

section .bss
alignb 4096
level4_table: resq ENTRIES
level3_table: resq ENTRIES
level2_table: resq ENTRIES
level1_table: resq ENTRIES
