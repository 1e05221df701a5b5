// Runs the tests of many GoogleTest programs as if they were one: one list, one filter, one
// summary. The tests run in processes of their own, several at a time, and the results come in the
// order of the list. Host tests are many and short, and starting a process under the sanitizers
// takes longer than most of them, so those of a suite share a process. If it fails in any way, each
// of them runs again alone, to find out which of them has failed. If they all pass then, the suite
// has failed, and its first test reports it.
//
// A test that has passed with the same program and the same files, in another post or in an
// earlier run, is not run again; its line says so.
//
// Usage: [AGAIN=1] run_all RECORD [GoogleTest's options] NAME=PROGRAM...
//
// RECORD is the file that keeps the passes for the next run; with AGAIN=1 it forgets those of the
// tests that are selected.
// NAME is POST/RING. A line of a test's output that begins with "[ok] " or "[failed] " is about a
// test inside a kernel: it is shown, and counted apart.

#include "machine/file.hpp"
#include "machine/temporary_folder.hpp"
#include "rings/known_passes.hpp"
#include "rings/test_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace {

using namespace bench;

// GoogleTest's filters give '-' and ':' a meaning, and split at the first '.'.
std::string suite_name(const TestProgram& program, const std::string& test) {
    std::string name = program.name + "/" + test.substr(0, test.find('.'));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

struct Outcome {
    Finished finished;
    std::string passed_in{}; // if it was not run: the post in which it has passed
};

struct Job {
    TestProgram program;
    Test test;
    const testing::TestInfo* info = nullptr;
    milliseconds cpu_time{0}; // of its batch, for the first in a batch
    std::promise<Outcome> promise{};
    std::future<Outcome> outcome = promise.get_future();
};

int kernel_tests = 0;
int tests_not_run = 0;

bool is_about_a_kernel_test(const std::string& line) {
    return line.starts_with("[ok] ") || line.starts_with("[failed] ");
}

std::string about_kernel_tests(const std::string& output) {
    std::string about;
    std::istringstream lines{output};
    for (std::string line; std::getline(lines, line);) {
        about += is_about_a_kernel_test(line) ? line + '\n' : "";
    }
    return about;
}

void show_kernel_tests(const std::string& output) {
    std::istringstream lines{about_kernel_tests(output)};
    for (std::string line; std::getline(lines, line);) {
        std::cout << "             " << line << '\n';
        ++kernel_tests;
    }
}

class ChildTest : public testing::Test {
public:
    explicit ChildTest(Job& job) : job_{job} {}

    void TestBody() override {
        const auto [finished, passed_in] = job_.outcome.get();
        if (!passed_in.empty()) {
            std::cout << "             not run: passed "
                      << (passed_in == job_.program.post() ? "before" : "in " + passed_in)
                      << " with the same program and files\n";
            ++tests_not_run;
        }
        show_kernel_tests(finished.output);
        if (finished.exit_code != 0) {
            ADD_FAILURE() << (finished.timed_out ? "timed out\n" : "") << finished.output;
        }
    }

private:
    Job& job_;
};

using Jobs = std::vector<std::unique_ptr<Job>>;

bool is_on_host(const Job& job) {
    return job.program.name.ends_with("/unit");
}

std::string suite_of(const Job& job) {
    return job.program.name + "/" + job.test.name.substr(0, job.test.name.find('.'));
}

// What one worker runs before it looks for more: a test, or a whole suite on the host.
using Batch = std::vector<Job*>;

std::vector<Batch> batches_of(const Jobs& jobs) {
    std::vector<Batch> batches;
    for (const auto& job : jobs) {
        if (!job->info->should_run()) {
            continue;
        }
        if (batches.empty() || !is_on_host(*job) ||
            suite_of(*batches.back().front()) != suite_of(*job)) {
            batches.emplace_back();
        }
        batches.back().push_back(job.get());
    }
    return batches;
}

// The files that a program has used, by the names that it has written down. The tests of the bench
// write none: they may use anything in the tree.
std::vector<std::string> inputs_of(const TestProgram& program, const std::filesystem::path& list) {
    std::vector<std::string> inputs;
    if (program.post() == "common") {
        inputs.push_back(".");
    }
    std::istringstream lines{read_file(list)};
    for (std::string line; std::getline(lines, line);) {
        inputs.push_back(line);
    }
    return inputs;
}

// Runs all tests of the batch in one process. If they pass, they are remembered for their inputs.
Finished run_together(const Batch& batch, KnownPasses& known) {
    const TemporaryFolder folder;
    const auto list = folder.file("inputs");
    std::vector<std::string> tests;
    for (const Job* job : batch) {
        tests.push_back(job->test.name);
    }
    const TestProgram& program = batch.front()->program;
    Finished finished = program.run(tests, list);
    batch.front()->cpu_time += finished.cpu_time;
    if (finished.exit_code == 0) {
        for (const Job* job : batch) {
            known.add(program, job->test, inputs_of(program, list),
                      about_kernel_tests(finished.output));
        }
    }
    return finished;
}

// How each test of the batch has ended.
std::vector<Finished> run_anew(const Batch& batch, KnownPasses& known) {
    const Finished together = run_together(batch, known);
    if (together.exit_code == 0 || batch.size() == 1) {
        return std::vector<Finished>(batch.size(), together);
    }
    std::vector<Finished> alone;
    for (Job* job : batch) {
        alone.push_back(run_together({job}, known));
    }
    if (std::ranges::all_of(alone, [](const Finished& test) { return test.exit_code == 0; })) {
        for (const Job* job : batch) {
            known.forget(job->program, job->test);
        }
        alone.front() = together;
        alone.front().output.insert(0, "Each test of this suite passes alone, but not together:\n");
    }
    return alone;
}

void run(const Batch& batch, KnownPasses& known) {
    Batch unknown;
    for (Job* job : batch) {
        if (const auto pass = known.find(job->program, job->test)) {
            job->promise.set_value({{.output = pass->output}, pass->post});
        } else {
            unknown.push_back(job);
        }
    }
    if (unknown.empty()) {
        return;
    }
    try {
        const std::vector<Finished> finished = run_anew(unknown, known);
        for (std::size_t i = 0; i < unknown.size(); ++i) {
            unknown[i]->promise.set_value({finished[i]});
        }
    } catch (...) { // for instance, no process could be started
        for (Job* job : unknown) {
            job->promise.set_exception(std::current_exception());
        }
    }
}

Jobs register_all(const std::vector<TestProgram>& programs) {
    Jobs jobs;
    for (const TestProgram& program : programs) {
        for (const Test& test : program.list()) {
            jobs.push_back(std::make_unique<Job>(Job{program, test}));
            Job& job = *jobs.back();
            job.info = testing::RegisterTest(
                suite_name(program, test.name).c_str(),
                test.name.substr(test.name.find('.') + 1).c_str(), nullptr, nullptr, __FILE__,
                __LINE__, [&job]() -> testing::Test* { return new ChildTest{job}; });
        }
    }
    return jobs;
}

bool is_set(const char* variable) {
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0' && std::string_view{value} != "0";
}

// Starts working when GoogleTest has applied the filter, and is done before it ends.
class Workers : public testing::Environment {
public:
    Workers(Jobs& jobs, KnownPasses& known) : jobs_{jobs}, known_{known} {}

    void SetUp() override {
        if (is_set("AGAIN")) {
            forget_selected();
        }
        batches_ = batches_of(jobs_);
        // More than there are CPUs: much of a machine test is waiting.
        const unsigned count = std::max(2u, std::thread::hardware_concurrency() * 2);
        for (unsigned i = 0; i < count; ++i) {
            threads_.emplace_back([this] { work(); });
        }
    }
    void TearDown() override {
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }

private:
    // Before any of them runs: a pass in one post may serve the next.
    void forget_selected() {
        for (const auto& job : jobs_) {
            if (job->info->should_run()) {
                known_.forget(job->program, job->test);
            }
        }
    }

    void work() {
        for (std::size_t i = next_++; i < batches_.size(); i = next_++) {
            run(batches_[i], known_);
        }
    }

    Jobs& jobs_;
    KnownPasses& known_;
    std::vector<Batch> batches_;
    std::atomic<std::size_t> next_ = 0;
    std::vector<std::thread> threads_;
};

std::string seconds(milliseconds time) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << std::setw(8)
         << std::chrono::duration<double>{time}.count();
    return text.str();
}

// Where to look first when `make test` is to become quicker.
void show_cpu_times(const Jobs& jobs) {
    std::vector<std::pair<milliseconds, std::string>> tests;
    std::map<std::string, milliseconds> suites; // of all posts together
    milliseconds all{0};
    for (const auto& job : jobs) {
        if (job->cpu_time > milliseconds{0}) {
            tests.emplace_back(job->cpu_time, job->program.name + '/' + job->test.name);
            const std::string suite = suite_of(*job);
            suites["*" + suite.substr(suite.find('/'))] += job->cpu_time;
            all += job->cpu_time;
        }
    }
    std::vector<std::pair<milliseconds, std::string>> longest_suites;
    for (const auto& [name, time] : suites) {
        longest_suites.emplace_back(time, name);
    }
    std::cout
        << "CPU time in seconds: all tests, then those that took the most (a suite on the host\n"
           "by its first test), then the suites of all posts:\n"
        << seconds(all) << '\n';
    for (auto* list : {&tests, &longest_suites}) {
        std::sort(list->rbegin(), list->rend());
        list->resize(std::min<std::size_t>(list->size(), 10));
        for (const auto& [time, name] : *list) {
            std::cout << seconds(time) << "  " << name << '\n';
        }
    }
}

std::vector<TestProgram> parse(int count, char** arguments) {
    std::vector<TestProgram> programs;
    for (int i = 2; i < count; ++i) {
        const std::string argument = arguments[i];
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos) {
            throw std::runtime_error{"expected NAME=PROGRAM, not " + argument};
        }
        programs.push_back({argument.substr(0, equals), argument.substr(equals + 1)});
    }
    return programs;
}

} // namespace

int main(int count, char** arguments) {
    testing::InitGoogleTest(&count, arguments);
    try {
        if (count < 2) {
            throw std::runtime_error{"the name of the record is missing"};
        }
        KnownPasses known{arguments[1]};
        Jobs jobs = register_all(parse(count, arguments));
        testing::AddGlobalTestEnvironment(new Workers{jobs, known});
        int failed = RUN_ALL_TESTS();
        const auto& result = *testing::UnitTest::GetInstance();
        if (result.test_to_run_count() == 0) {
            std::cout << "No test was run.\n";
            failed = 1;
        }
        show_cpu_times(jobs);
        std::cout << tests_not_run
                  << " tests were not run: they had passed with the same program and files.\n"
                  << kernel_tests << " of the tests' lines are tests inside kernels.\n"
                  << result.successful_test_count() << " passed, " << result.failed_test_count()
                  << " failed\n";
        return failed;
    } catch (const std::exception& error) {
        std::cerr << "run_all: " << error.what() << '\n';
        return 2;
    }
}
