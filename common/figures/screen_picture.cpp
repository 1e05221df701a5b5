#include "figures/screen_picture.hpp"

#include "machine/patterns.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace bench {

void wait_until_screen_is_complete(Machine& machine) {
    if (!machine.wait_for("\n")) {
        throw std::runtime_error{machine.log_tail()};
    }
    std::size_t heard = 0;
    do {
        heard = machine.serial().size();
        machine.wait_for_end(std::chrono::seconds{1});
    } while (machine.serial().size() != heard);
}

std::string text_for_picture(const ScreenText& screen) {
    std::string text = screen.text() + "\n";
    for (const auto& [changing, masked] : {
             std::pair{"0x[0-9a-f]{6,}", "0x…"},
             std::pair{"(KiB|MiB) x [0-9]+", "$1 x …"},
             std::pair{"[0-9]+ frames free", "… frames free"},
             std::pair{"GRUB [0-9][^ \\n]*", "GRUB …"},
             std::pair{" [0-9]+[.][0-9]{3} s", " … s"},
             // Compilers spell a function's name in different ways.
             std::pair{"(\\n  at [^ ]+:[0-9]+ in )[^\\n]*\\n([^\\n]+\\n)*", "$1…\n"},
         }) {
        text = with_matches_replaced(text, changing, masked);
    }
    return text;
}

} // namespace bench
