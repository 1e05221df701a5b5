#include "machine/bochs.hpp"

#include "machine/file.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds step = 10ms; // Bochs writes to its terminal and blocks unless we read it
constexpr milliseconds quiet = 1s;  // given time: the longest pause within a panic message

constexpr milliseconds log_step = 200ms; // given time: how often its log is read

// Bochs runs some fifty million instructions per second. A lower number here makes the machine's
// clock run faster, and shortens the pauses in the BIOS and in GRUB.
constexpr int instructions_per_second = 10'000'000;

// Bochs needs the number of cylinders of a disk, with 16 heads and 63 sectors each.
constexpr std::uintmax_t cylinder = 16 * 63 * 512;

// Removes the control sequences from a terminal's output.
std::string readable(const std::string& output) {
    std::string text;
    for (const char character : output) {
        if (character == '\n' || (character >= ' ' && character <= '~')) {
            text.push_back(character);
        }
    }
    return text;
}

// "exception(): 3rd (13) exception with no resolution", in Bochs 2.7 to 3.1.
bool contains_triple_fault(const std::string& log) {
    return log.find("3rd (") != std::string::npos;
}

} // namespace

Bochs::Bochs(const Boot& boot, const BochsOptions& options)
    : serial_line_{make_named_pipe(folder_.file("com1"))},
      given_time_{[this] { return process_ ? activity_of(process_->id()) : Activity{}; }, 50ms} {
    write_file(folder_.file("bochsrc"), configuration(boot, options));
    write_file(folder_.file("debugger"), "c\n"); // continue: it starts stopped
    process_.emplace(
        Command{"bochs", "-q", "-f", "bochsrc", "-rc", "debugger"},
        Surroundings{.directory = folder_.path(), .environment = {"TERM=xterm"}, .terminal = true});
}

// No sound: where there is no sound card, Bochs 2.7 may crash when it looks for one.
std::string Bochs::configuration(const Boot& boot, const BochsOptions& options) const {
    std::ostringstream text;
    text << "config_interface: textconfig\n"
            "display_library: term\n"
            "romimage: file=$BXSHARE/BIOS-bochs-latest, options=fastboot\n"
            "vgaromimage: file=$BXSHARE/VGABIOS-lgpl-latest\n"
            "speaker: enabled=0\n"
            "sound: driver=dummy\n"
            "clock: sync=none\n"
            "com1: enabled=1, mode=file, dev=com1\n"
            "log: log\n"
            "panic: action=fatal\n"
            "error: action=report\n"
            "info: action=report\n"
            "debug: action=ignore\n"
         << "cpu: model=" << options.cpu << ", ips=" << instructions_per_second
         << ", reset_on_triple_fault=0\n"
         << "memory: guest=" << options.memory << ", host=" << options.memory << '\n'
         << drive(boot);
    return text.str();
}

// Links to an ISO image, because quotes and dollar signs in its path have a meaning in Bochs's
// configuration. Copies a disk, because Bochs writes to it and locks it.
std::string Bochs::drive(const Boot& boot) const {
    const std::filesystem::path image = std::filesystem::absolute(boot.image());
    if (boot.medium() == Boot::Medium::iso) {
        std::filesystem::create_symlink(image, folder_.file("cdrom"));
        return "ata0-master: type=cdrom, path=cdrom, status=inserted\nboot: cdrom\n";
    }
    const std::filesystem::path copy = folder_.file("disk");
    std::filesystem::copy_file(image, copy);
    const std::uintmax_t cylinders = (std::filesystem::file_size(copy) + cylinder - 1) / cylinder;
    std::filesystem::resize_file(copy, cylinders * cylinder);
    return "ata0-master: type=disk, mode=flat, path=disk\nboot: disk\n";
}

// Waits for output on the serial line. Returns false if there will be no more.
bool Bochs::listen(milliseconds longest) {
    if (!process_) {
        return false;
    }
    const milliseconds now = given_time_.so_far(); // before the look, as for a Deadline
    const auto on_screen = process_->read(0ms);
    screen_ += on_screen.value_or("");
    const auto text = serial_line_.read(on_screen ? std::min(longest, step) : 0ms);
    if (text && !text->empty()) {
        serial_.append(*text);
        last_heard_ = given_time_.so_far();
        return true;
    }
    if (!on_screen || triple_fault_is_logged()) {
        for (auto last = serial_line_.read(0ms); last && !last->empty();) {
            serial_.append(*last);
            last = serial_line_.read(0ms);
        }
        process_.reset();
        return false;
    }
    return !serial_.panicked() || now - last_heard_ < quiet;
}

// Waits for output, and reads everything that is there.
bool Bochs::hear_all(milliseconds longest) {
    bool more = true;
    for (std::size_t heard = std::string::npos; more && serial_.text().size() != heard;) {
        heard = serial_.text().size();
        more = listen(longest);
        longest = 0ms;
    }
    return more;
}

// Adds the log to the message if there is no verdict.
bool Bochs::passed(Deadline& deadline) {
    try {
        return deadline.passed();
    } catch (const NoVerdict& caught) {
        throw NoVerdict{caught.what() + log_tail()};
    }
}

bool Bochs::wait_for(std::string_view text, milliseconds timeout) {
    Deadline deadline{given_time_, timeout};
    return serial_.wait_for(text, [&] {
        const bool last_look = passed(deadline);
        return hear_all(last_look ? 0ms : step) && !last_look;
    });
}

bool Bochs::wait_until_ended(milliseconds timeout) {
    Deadline deadline{given_time_, timeout};
    bool last_look = false;
    while (!ended() && !last_look) {
        last_look = passed(deadline);
        hear_all(last_look ? 0ms : step);
    }
    return ended();
}

bool Bochs::triple_faulted() const {
    return ended() && contains_triple_fault(log());
}

// A triple fault ends Bochs up to 3.0. Newer ones keep running with the CPU in shutdown state.
bool Bochs::triple_fault_is_logged() {
    if (given_time_.so_far() - log_read_ < log_step) {
        return false;
    }
    log_read_ = given_time_.so_far();
    return contains_triple_fault(log());
}

std::string Bochs::log() const {
    return read_file(folder_.file("log"));
}

std::string Bochs::log_tail() const {
    std::string text = excerpt("Last lines of the serial line:", serial_.text(), 25);
    text += excerpt("Bochs's log:", log(), 40);
    return ended() ? text + excerpt("Bochs has ended. Its last lines:", readable(screen_), 10)
                   : text;
}

} // namespace bench
