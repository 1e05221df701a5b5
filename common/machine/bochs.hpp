// A PC emulated by Bochs, which is slower than QEMU, independent of it, and stricter. It reveals
// mistakes that QEMU tolerates, such as writing to a serial port that is not set up or is busy.
//
// Bochs has no debug exit port: a test waits for the kernel's last output, and the destructor ends
// the machine. Written for Bochs 2.7 to 3.1 as built by Debian, with the debugger and `bochs-term`.
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
    // The default timeout, in time that the host gives Bochs (GivenTime).
    static constexpr milliseconds patience{60'000};

    // If Bochs does not start, ended() is true after the first wait, and log_tail() says why.
    // Throws std::filesystem::filesystem_error if the image of a disk cannot be copied.
    explicit Bochs(const Boot& boot, const BochsOptions& options = {});
    Bochs(const Bochs&) = delete;
    Bochs& operator=(const Bochs&) = delete;

    // Like Machine::wait_for.
    bool wait_for(std::string_view text, milliseconds timeout = patience);

    // Waits until Bochs has ended, because of a triple fault or an error of its own. Returns false
    // if it still runs.
    bool wait_until_ended(milliseconds timeout = patience);

    bool ended() const { return !process_; }
    bool triple_faulted() const; // whether a triple fault has ended it

    // Returns everything that the waits have received so far, with "\r\n" as "\n".
    const std::string& serial() const { return serial_.text(); }
    std::string log() const; // of Bochs itself
    std::string log_tail() const;

private:
    std::string configuration(const Boot& boot, const BochsOptions& options) const;
    std::string drive(const Boot& boot) const;
    bool listen(milliseconds longest);
    bool hear_all(milliseconds longest);
    bool passed(Deadline& deadline);
    bool triple_fault_is_logged();

    TemporaryFolder folder_;
    Channel serial_line_;
    SerialLog serial_;
    std::string screen_;             // Bochs's own output on its terminal
    std::optional<Process> process_; // empty: it has ended
    GivenTime given_time_;
    milliseconds log_read_{0};   // given time when the log was last read
    milliseconds last_heard_{0}; // given time at the last output on the serial line
};

} // namespace bench
