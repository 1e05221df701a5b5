// One end of a byte stream that another program holds the other end of.
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

    // Waits until there is something or `longest` has passed, and returns what came (possibly
    // nothing). nullopt: the other end is closed and nothing is left to read.
    std::optional<std::string> read(milliseconds longest);

    // All of the text, at once. Throws std::runtime_error when the other end is closed.
    void write(std::string_view text);

    int descriptor() const { return descriptor_; }
    void close();

private:
    int descriptor_;
};

struct ChannelPair {
    Channel ours;
    Channel theirs; // for the child, by Surroundings::inherited; close it once the child runs
};

// Two connected ends. Neither is inherited by a child that is not told to.
ChannelPair make_channel_pair();

// Our reading end of a named pipe that is created at `path`, for programs that take no descriptor.
Channel make_named_pipe(const std::string& path);

} // namespace bench
