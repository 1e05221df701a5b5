"""gdb commands for inspecting a kernel: idt, trap-frame, page-walk, serial.

They ask QEMU's monitor, and so work whenever the kernel is stopped, with or without symbols.
`help user-defined` in gdb lists them.
"""

import re

import gdb

VECTOR_NAMES = {
    0: "divide error", 1: "debug", 2: "non-maskable interrupt", 3: "breakpoint", 4: "overflow",
    5: "bound range exceeded", 6: "invalid opcode", 7: "device not available", 8: "double fault",
    10: "invalid TSS", 11: "segment not present", 12: "stack-segment fault",
    13: "general protection", 14: "page fault", 16: "x87 floating point", 17: "alignment check",
    18: "machine check", 19: "SIMD floating point", 20: "virtualization", 21: "control protection",
    28: "hypervisor injection", 29: "VMM communication", 30: "security",
}


def monitor(command):
    return gdb.execute("monitor " + command, to_string=True)


def register(name):
    """A register that not every gdb shows: CR3, or the base and limit of the IDT."""
    found = re.search(name + r"\s*=\s*([0-9a-f]+)(?: ([0-9a-f]+))?", monitor("info registers"))
    if not found:
        raise gdb.GdbError("QEMU does not show " + name)
    return [int(number, 16) for number in found.groups("0")]


def physical_words(address, count):
    """Reads 64-bit words of physical memory."""
    answer = monitor(f"xp /{count}gx {address:#x}")
    return [int(word, 16) for word in re.findall(r"0x([0-9a-f]+)", answer)]


def symbol(address):
    text = gdb.execute(f"info symbol {address:#x}", to_string=True).strip()
    return "" if text.startswith("No symbol") else text.split(" in section")[0]


class Idt(gdb.Command):
    """idt: shows the present gates of the CPU's interrupt descriptor table."""

    def __init__(self):
        super().__init__("idt", gdb.COMMAND_USER)

    def invoke(self, argument, from_tty):
        base, limit = register("IDT")
        gates = (limit + 1) // 16
        if gates != 256:
            print("The kernel has not loaded its interrupt descriptor table yet.")
            return
        words = physical_words(base, 2 * gates)  # the kernels map their own memory to the same addresses
        print(f"IDT at {base:#x}")
        for vector in range(gates):
            low, high = words[2 * vector], words[2 * vector + 1]
            if not low >> 47 & 1:
                continue
            handler = low & 0xFFFF | low >> 32 & 0xFFFF0000 | (high & 0xFFFFFFFF) << 32
            kind = {0xE: "interrupt", 0xF: "trap"}.get(low >> 40 & 0xF, "bad type")
            print(f"{vector:4} {VECTOR_NAMES.get(vector, ''):24} {kind} gate  "
                  f"selector {low >> 16 & 0xFFFF:#04x}  IST {low >> 32 & 7}  "
                  f"{handler:#x} {symbol(handler)}")


class TrapFrame(gdb.Command):
    """trap-frame [ADDRESS]: shows the interrupted registers, inside a handler.

    The default is the handler's parameter `frame`, or RDI at its first instruction."""

    def __init__(self):
        super().__init__("trap-frame", gdb.COMMAND_USER)

    def invoke(self, argument, from_tty):
        frame_type = gdb.lookup_type("kernel::TrapFrame")
        if argument:
            address = int(gdb.parse_and_eval(argument))
        else:
            try:
                address = int(gdb.parse_and_eval("&frame"))
            except gdb.error:
                address = int(gdb.parse_and_eval("$rdi"))
        frame = gdb.Value(address).cast(frame_type.pointer()).dereference()
        for field in frame_type.fields():
            value = int(frame[field.name])
            note = {"vector": VECTOR_NAMES.get(value, ""), "rip": symbol(value)}.get(field.name, "")
            print(f"  {field.name:10} {value:#018x} {note}".rstrip())


class PageWalk(gdb.Command):
    """page-walk ADDRESS: translates a virtual address as the CPU does, level by level."""

    FLAGS = [(0, "present"), (1, "writable"), (2, "user"), (3, "write-through"),
             (4, "cache-disable"), (5, "accessed"), (6, "dirty"), (8, "global"),
             (63, "no-execute")]

    def __init__(self):
        super().__init__("page-walk", gdb.COMMAND_USER)

    def invoke(self, argument, from_tty):
        if not argument:
            raise gdb.GdbError("page-walk needs an address")
        address = int(gdb.parse_and_eval(argument).cast(gdb.lookup_type("unsigned long")))
        if address >> 47 not in (0, 0x1FFFF):
            raise gdb.GdbError(f"{address:#x} is not canonical: bits 63 to 47 are not all equal")
        table = register("CR3")[0] & 0x000FFFFFFFFFF000
        for level in (4, 3, 2, 1):
            shift = 12 + 9 * (level - 1)
            index = address >> shift & 511
            entry = physical_words(table + 8 * index, 1)[0]
            flags = [name for bit, name in self.FLAGS if entry >> bit & 1]
            large = level in (2, 3) and entry >> 7 & 1
            print(f"  level {level} at {table:#x} [{index}] = {entry:#018x} "
                  f"{' '.join(flags)}{' large' if large else ''}")
            if not entry & 1:
                print(f"{address:#x} is not mapped")
                return
            table = entry & 0x000FFFFFFFFFF000
            if large or level == 1:
                offset = address & ((1 << shift) - 1)
                print(f"{address:#x} -> {(table & ~((1 << shift) - 1)) + offset:#x}")
                return


class SerialFile(gdb.Parameter):
    """The file with the output of the serial port."""

    def __init__(self):
        super().__init__("serial-file", gdb.COMMAND_FILES, gdb.PARAM_STRING)
        self.value = ""

    def get_set_string(self):
        return ""


class Serial(gdb.Command):
    """serial: shows what the kernel has printed so far."""

    def __init__(self):
        super().__init__("serial", gdb.COMMAND_USER)

    def invoke(self, argument, from_tty):
        with open(gdb.parameter("serial-file"), encoding="ascii", errors="replace") as file:
            print(file.read().replace("\r", ""), end="")


Idt()
TrapFrame()
PageWalk()
SerialFile()
Serial()
