// The x86's second address space: 65,536 ports, reached by IN and OUT only.
//
// A driver takes the ports it talks through as a PortBus. In the kernel that is CpuPorts; in a
// test it is a recorder that plays the device.
#pragma once

#include <concepts>
#include <cstdint>

namespace kernel {

enum class Port : std::uint16_t {};

// The port `offset` above the first port of a device.
constexpr Port operator+(Port base, std::uint16_t offset) {
    return static_cast<Port>(static_cast<std::uint16_t>(base) + offset);
}

template <typename T>
concept PortBus = requires(T& bus, Port port, std::uint8_t byte) {
    { bus.read8(port) } -> std::same_as<std::uint8_t>;
    { bus.write8(port, byte) } -> std::same_as<void>;
};

struct CpuPorts {
    static std::uint8_t read8(Port port) {
        std::uint8_t byte;
        asm volatile("inb %1, %0" : "=a"(byte) : "Nd"(port) : "memory");
        return byte;
    }

    static void write8(Port port, std::uint8_t byte) {
        asm volatile("outb %0, %1" : : "a"(byte), "Nd"(port) : "memory");
    }
};

static_assert(PortBus<CpuPorts>);

} // namespace kernel
