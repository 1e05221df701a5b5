// What is written is what was measured, in both forms.

#include "bench/bench_table.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace {

using namespace bench;

const Circumstances here{{"commit", "0123abc"}, {"processor", "a \"quoted\" one"}};
const std::vector<Figure> figures{{"post-01", "int3", "42", "instructions", "others: 27"},
                                  {"post-01", "time | space", "0.58", "times", ""},
                                  {"post-02", "size", "1,024", "bytes", ""}};

TEST(FigureInALine, HasFiveFields) {
    const Figure figure = figure_in("post-01\tint3\t42\tinstructions\t");
    EXPECT_EQ(figure.post, "post-01");
    EXPECT_EQ(figure.name, "int3");
    EXPECT_EQ(figure.value, "42");
    EXPECT_EQ(figure.unit, "instructions");
    EXPECT_EQ(figure.peers, "");
    EXPECT_THROW(figure_in("post-01\tint3\t42"), std::runtime_error);
    EXPECT_THROW(figure_in("a\tb\tc\td\te\tf"), std::runtime_error);
}

TEST(BenchTable, AsMarkdownHasATableForEachPost) {
    EXPECT_EQ(as_markdown(here, figures), "# Figures\n\n"
                                          "- commit: 0123abc\n"
                                          "- processor: a \"quoted\" one\n"
                                          "\n## post-01\n\n"
                                          "| figure | value | unit | others |\n"
                                          "|---|---:|---|---|\n"
                                          "| int3 | 42 | instructions | others: 27 |\n"
                                          "| time \\| space | 0.58 | times |  |\n"
                                          "\n## post-02\n\n"
                                          "| figure | value | unit | others |\n"
                                          "|---|---:|---|---|\n"
                                          "| size | 1,024 | bytes |  |\n");
}

TEST(BenchTable, AsJsonCanBeReadBack) {
    const auto json = nlohmann::json::parse(as_json(here, figures));
    EXPECT_EQ(json.at("circumstances").at("processor"), "a \"quoted\" one");
    ASSERT_EQ(json.at("figures").size(), 3u);
    EXPECT_EQ(json["figures"][0]["value"], 42);
    EXPECT_EQ(json["figures"][1]["value"], 0.58);
    EXPECT_EQ(json["figures"][2]["value"], "1,024");
    EXPECT_EQ(json["figures"][0]["peers"], "others: 27");
}

} // namespace
