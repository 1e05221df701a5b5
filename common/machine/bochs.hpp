// The same PC, emulated by Bochs: slower than QEMU, independent of it, and stricter. It shows what
// QEMU forgives, such as a serial line that is never set up or written to while it is busy.
//
// It has no debug exit port: a test waits for what the kernel says last, and the destructor ends
// the machine. Written for Bochs 2.7 to 3.1 as Debian builds them, with the debugger and
// `bochs-term`.
#pragma once

#include "machine/boot.hpp"
#include "machine/channel.hpp"
#include "machine/serial_log.hpp"
#include "machine/temporary_folder.hpp"
#include "process/given_time.hpp"
#include "process/process.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bench {

struct BochsOptions {
    unsigned memory = 128;                         // MiB
    std::string cpu = "corei7_sandy_bridge_2600k"; // one of `bochs --help cpu`
};

class Bochs {
public:
    // How long a wait lasts unless told, in the time that the host gives Bochs (GivenTime).
    static constexpr milliseconds patience{60'000};

    // A Bochs that does not start has ended; log_tail() says why, after the first wait. Throws
    // std::filesystem::filesystem_error if the image of a disk cannot be copied.
    explicit Bochs(const Boot& boot, const BochsOptions& options = {});
    Bochs(const Bochs&) = delete;
    Bochs& operator=(const Bochs&) = delete;

    // Like Machine::wait_for.
    bool wait_for(std::string_view text, milliseconds timeout = patience);

    // Waits until Bochs has ended: on a triple fault, or on anything else that it cannot go on
    // after. False: it still runs.
    bool wait_until_ended(milliseconds timeout = patience);

    bool ended() const { return !process_; }
    bool triple_faulted() const; // whether that is why it has ended

    // All that the waits have heard so far, "\r\n" as "\n".
    const std::string& serial() const { return serial_.text(); }
    std::string log_tail() const;

private:
    std::string configuration(const Boot& boot, const BochsOptions& options) const;
    std::string drive(const Boot& boot) const;
    bool listen(milliseconds longest);
    bool hear_all(milliseconds longest);
    bool passed(Deadline& deadline);
    std::string log() const;
    bool triple_fault_is_logged();

    TemporaryFolder folder_;
    Channel serial_line_;
    SerialLog serial_;
    std::string screen_;             // what Bochs wrote on its terminal
    std::optional<Process> process_; // empty: it has ended
    GivenTime given_time_;
    milliseconds log_read_{0};   // the given time when the log was read last
    milliseconds last_heard_{0}; // the given time when the serial line last said something
};

} // namespace bench
