// The pictures of the kernels' screens, docs/figures/post-NN-screen.png, and the text beside each
// of them in post-NN-screen.txt.
#pragma once

#include "machine/machine.hpp"

#include <string>

namespace bench {

// Waits until the kernel has printed something, and then nothing for a second of the time that it
// is given. Throws std::runtime_error if it prints nothing.
void wait_until_screen_is_complete(Machine& machine);

// The text of the screen, a line for each row, with "…" in place of what another compiler, GRUB or
// run changes: long addresses, numbers of pages and frames, versions, measured times.
std::string text_for_picture(const ScreenText& screen);

} // namespace bench
