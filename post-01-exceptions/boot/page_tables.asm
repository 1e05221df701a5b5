; The first page tables. They map the first GiB of memory to itself.
; [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]

global build_page_tables
global level4_table, level3_table, level2_table

PRESENT         equ 1 << 0
WRITABLE        equ 1 << 1
LARGE_PAGE      equ 1 << 7              ; this level-2 entry maps a page of 2 MiB
LARGE_PAGE_SIZE equ 2 << 20
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
    ret

section .bss
alignb 4096
level4_table: resq ENTRIES
level3_table: resq ENTRIES
level2_table: resq ENTRIES
