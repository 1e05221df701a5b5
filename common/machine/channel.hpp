// One end of a byte stream whose other end belongs to another program.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace bench {

using std::chrono::milliseconds;

class Channel {
public:
    explicit Channel(int descriptor = -1) : descriptor_{descriptor} {} // takes ownership
    ~Channel() { close(); }
    Channel(Channel&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
    Channel& operator=(Channel&& other) noexcept;

    // Waits until there is something to read, for at most `longest`, and returns it. The result
    // may be empty. It is nullopt if the other end is closed and nothing is left to read.
    std::optional<std::string> read(milliseconds longest);

    // Writes all of the text. Throws std::runtime_error if the other end is closed.
    void write(std::string_view text);

    int descriptor() const { return descriptor_; }
    void close();

private:
    int descriptor_;
};

struct ChannelPair {
    Channel ours;
    Channel theirs; // for Surroundings::inherited; close it once the child runs
};

// Returns two connected ends. A child inherits an end only if Surroundings::inherited names it.
ChannelPair make_channel_pair();

// Creates a named pipe at `path`, for programs that cannot inherit a descriptor, and returns its
// reading end.
Channel make_named_pipe(const std::string& path);

} // namespace bench
