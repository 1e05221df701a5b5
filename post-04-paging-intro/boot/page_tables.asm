; The first page tables: the first GiB of memory, at its own addresses, but for the pages that are
; there to be stumbled over. What can be executed cannot be written; where the CPU has "no execute",
; what can be written cannot be executed either.
; [Intel SDM vol. 3A, "4-Level Paging and 5-Level Paging"]

global build_page_tables
global level4_table, level3_table, level2_table, level1_table
extern no_execute                       ; entry.asm
extern kernel_stack_guard, kernel_stack_bottom             ; stacks.asm
extern double_fault_stack_guard, double_fault_stack_bottom ; stacks.asm
extern code_start, code_end, rodata_start, rodata_end ; linker.ld

PRESENT         equ 1 << 0
WRITABLE        equ 1 << 1
LARGE_PAGE      equ 1 << 7              ; in a level-2 entry: maps 2 MiB itself
LARGE_PAGE_SIZE equ 2 << 20
PAGE_SIZE_SHIFT equ 12                  ; 4 KiB
ENTRIES         equ 512

section .boot progbits alloc exec nowrite align=16
bits 32

; Fills the tables, which are all zero before. Overwrites EAX, ECX and EDX. An entry is 8 bytes:
; the upper four stay zero, for everything lies below 4 GiB, except for bit 63, "no execute", where
; EDX has it. Entries that point to tables allow the kernel everything: the last one decides.
build_page_tables:
    mov edx, [no_execute]
    mov eax, level3_table
    or eax, PRESENT | WRITABLE
    mov [level4_table], eax
    mov eax, level2_table
    or eax, PRESENT | WRITABLE
    mov [level3_table], eax
    mov eax, PRESENT | WRITABLE | LARGE_PAGE
    xor ecx, ecx
.next:
    mov [level2_table + ecx * 8], eax
    mov [level2_table + ecx * 8 + 4], edx
    add eax, LARGE_PAGE_SIZE
    inc ecx
    cmp ecx, ENTRIES
    jne .next
    ; falls through

; The first 2 MiB, where the kernel lies, again in pages of 4 KiB: those can be left out one by one.
map_small_pages:
    mov eax, PRESENT | WRITABLE
    xor ecx, ecx
.next:
    mov [level1_table + ecx * 8], eax
    mov [level1_table + ecx * 8 + 4], edx
    add eax, 1 << PAGE_SIZE_SHIFT
    inc ecx
    cmp ecx, ENTRIES
    jne .next
    mov eax, level1_table
    or eax, PRESENT | WRITABLE
    mov [level2_table], eax
    mov dword [level2_table + 4], 0     ; some of them may be executed

    mov eax, code_start
    mov ecx, code_end
    xor edx, edx                        ; may be executed
    call make_read_only
    mov eax, rodata_start
    mov ecx, rodata_end
    mov edx, [no_execute]
    call make_read_only

    xor eax, eax                        ; page 0: a null pointer points at nothing
    mov ecx, 1 << PAGE_SIZE_SHIFT
    call unmap_pages
    mov eax, kernel_stack_guard
    mov ecx, kernel_stack_bottom
    call unmap_pages
    mov eax, double_fault_stack_guard
    mov ecx, double_fault_stack_bottom
    ; falls through

; The pages from EAX up to ECX, at least one, in the first 2 MiB.
unmap_pages:
    shr eax, PAGE_SIZE_SHIFT
    shr ecx, PAGE_SIZE_SHIFT
.next:
    mov dword [level1_table + eax * 8], 0
    mov dword [level1_table + eax * 8 + 4], 0
    inc eax
    cmp eax, ecx
    jne .next
    ret

; The pages from EAX up to ECX, which are none if the two are equal. EDX = bits 63 to 32.
make_read_only:
    shr eax, PAGE_SIZE_SHIFT
    shr ecx, PAGE_SIZE_SHIFT
.next:
    cmp eax, ecx
    jae .done
    and dword [level1_table + eax * 8], ~WRITABLE
    mov [level1_table + eax * 8 + 4], edx
    inc eax
    jmp .next
.done:
    ret

section .bss
alignb 4096
level4_table: resq ENTRIES
level3_table: resq ENTRIES
level2_table: resq ENTRIES
level1_table: resq ENTRIES
