#include "machine/channel.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bench {
namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error{what + ": " + std::strerror(errno)};
}

} // namespace

Channel& Channel::operator=(Channel&& other) noexcept {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
    return *this;
}

std::optional<std::string> Channel::read(milliseconds longest) {
    pollfd waiting{descriptor_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(longest.count())) <= 0) {
        return std::string{};
    }
    std::array<char, 16384> buffer;
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return std::string{};
    }
    if (count <= 0) { // ECONNRESET: the child ended before it read our text
        return std::nullopt;
    }
    return std::string{buffer.data(), static_cast<std::size_t>(count)};
}

void Channel::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR) {
            fail("write to a child");
        }
        text.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
}

void Channel::close() {
    if (descriptor_ >= 0) {
        ::close(std::exchange(descriptor_, -1));
    }
}

ChannelPair make_channel_pair() {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        fail("socketpair");
    }
    return {Channel{ends[0]}, Channel{ends[1]}};
}

Channel make_named_pipe(const std::string& path) {
    if (mkfifo(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
        fail(path);
    }
    // Opening it for writing too keeps open() from waiting for the other side.
    const int descriptor = open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        fail(path);
    }
    return Channel{descriptor};
}

} // namespace bench
