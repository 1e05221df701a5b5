// Writes the figures that come in on standard input, one a line with tabs between its fields, as
// bench.md and bench.json.
//
// Usage: write_table FOLDER KEY=VALUE...

#include "bench/bench_table.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

int main(int count, char** arguments) {
    using namespace bench;
    try {
        if (count < 2) {
            throw std::runtime_error{"usage: write_table FOLDER KEY=VALUE..."};
        }
        Circumstances circumstances;
        for (int i = 2; i < count; ++i) {
            const std::string argument = arguments[i];
            const std::size_t equals = argument.find('=');
            circumstances.emplace_back(argument.substr(0, equals), argument.substr(equals + 1));
        }
        std::vector<Figure> figures;
        for (std::string line; std::getline(std::cin, line);) {
            figures.push_back(figure_in(line));
        }
        const std::filesystem::path folder = arguments[1];
        std::ofstream{folder / "bench.md"} << as_markdown(circumstances, figures);
        std::ofstream{folder / "bench.json"} << as_json(circumstances, figures);
    } catch (const std::exception& error) {
        std::cerr << "write_table: " << error.what() << '\n';
        return 1;
    }
}
