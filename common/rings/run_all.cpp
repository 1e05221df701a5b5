// Runs the tests of many GoogleTest programs as if they were one: one list, one filter, one
// summary. The tests run as processes of their own, several at a time; the results come in their
// order. Host tests are many and short, and starting a process under the sanitizers takes longer
// than most of them: those of a suite share one. Should that process fail in any way, each of them
// runs again alone, so that a failure is still one test's own.
//
// Usage: run_all [GoogleTest's options] NAME=PROGRAM...
//
// NAME is POST/RING. A line of a test's output that begins with "[ok] " or "[failed] " is an
// in-kernel test: it is shown, and counted apart.

#include "rings/test_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace {

using namespace bench;

// GoogleTest's filters give '-' and ':' a meaning, and split at the first '.'.
std::string suite_name(const TestProgram& program, const std::string& test) {
    std::string name = program.name + "/" + test.substr(0, test.find('.'));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

struct Job {
    TestProgram program;
    std::string test;
    const testing::TestInfo* info = nullptr;
    std::chrono::duration<double> time{0}; // that its batch took, for the first in a batch
    std::promise<Finished> promise{};
    std::future<Finished> outcome = promise.get_future();
};

int kernel_tests = 0;

void show_kernel_tests(const std::string& output) {
    std::istringstream lines{output};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("[ok] ") || line.starts_with("[failed] ")) {
            std::cout << "             " << line << '\n';
            ++kernel_tests;
        }
    }
}

class ChildTest : public testing::Test {
public:
    explicit ChildTest(Job& job) : job_{job} {}

    void TestBody() override {
        const Finished finished = job_.outcome.get();
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
    return job.program.name + "/" + job.test.substr(0, job.test.find('.'));
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

bool pass_together(const Batch& batch) {
    std::vector<std::string> tests;
    for (const Job* job : batch) {
        tests.push_back(job->test);
    }
    try {
        return batch.front()->program.run(tests).exit_code == 0;
    } catch (const std::exception&) { // each of them will say it again, alone
        return false;
    }
}

void run(const Batch& batch) {
    const auto start = std::chrono::steady_clock::now();
    const bool passed = batch.size() > 1 && pass_together(batch);
    for (Job* job : batch) {
        try {
            Finished finished = passed ? Finished{} : job->program.run({job->test});
            batch.front()->time = std::chrono::steady_clock::now() - start;
            job->promise.set_value(std::move(finished));
        } catch (...) {
            job->promise.set_exception(std::current_exception());
        }
    }
}

Jobs register_all(const std::vector<TestProgram>& programs) {
    Jobs jobs;
    for (const TestProgram& program : programs) {
        for (const std::string& test : program.list()) {
            jobs.push_back(std::make_unique<Job>(Job{program, test}));
            Job& job = *jobs.back();
            job.info = testing::RegisterTest(
                suite_name(program, test).c_str(), test.substr(test.find('.') + 1).c_str(), nullptr,
                nullptr, __FILE__, __LINE__,
                [&job]() -> testing::Test* { return new ChildTest{job}; });
        }
    }
    return jobs;
}

// Starts working when GoogleTest has applied the filter, and is done before it ends.
class Workers : public testing::Environment {
public:
    explicit Workers(Jobs& jobs) : jobs_{jobs} {}

    void SetUp() override {
        batches_ = batches_of(jobs_);
        // More than there are CPUs: much of a machine test is waiting.
        const unsigned count = std::max(2u, std::thread::hardware_concurrency() * 3 / 2);
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
    void work() {
        for (std::size_t i = next_++; i < batches_.size(); i = next_++) {
            run(batches_[i]);
        }
    }

    Jobs& jobs_;
    std::vector<Batch> batches_;
    std::atomic<std::size_t> next_ = 0;
    std::vector<std::thread> threads_;
};

// Where to look first when `make test` is to become quicker.
void show_longest(const Jobs& jobs) {
    std::vector<const Job*> longest;
    for (const auto& job : jobs) {
        if (job->time.count() > 0) {
            longest.push_back(job.get());
        }
    }
    const std::size_t shown = std::min<std::size_t>(longest.size(), 10);
    std::partial_sort(longest.begin(), longest.begin() + static_cast<std::ptrdiff_t>(shown),
                      longest.end(), [](const Job* a, const Job* b) { return a->time > b->time; });
    longest.resize(shown);
    std::cout << "The longest, in seconds (a suite on the host by its first test):\n";
    for (const Job* job : longest) {
        std::cout << std::fixed << std::setprecision(1) << std::setw(8) << job->time.count() << "  "
                  << job->program.name << '/' << job->test << '\n';
    }
}

std::vector<TestProgram> parse(int count, char** arguments) {
    std::vector<TestProgram> programs;
    for (int i = 1; i < count; ++i) {
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
        Jobs jobs = register_all(parse(count, arguments));
        testing::AddGlobalTestEnvironment(new Workers{jobs});
        int failed = RUN_ALL_TESTS();
        const auto& result = *testing::UnitTest::GetInstance();
        if (result.test_to_run_count() == 0) {
            std::cout << "No test was run.\n";
            failed = 1;
        }
        show_longest(jobs);
        std::cout << kernel_tests << " of the tests' lines are tests inside kernels.\n"
                  << result.successful_test_count() << " passed, " << result.failed_test_count()
                  << " failed\n";
        return failed;
    } catch (const std::exception& error) {
        std::cerr << "run_all: " << error.what() << '\n';
        return 2;
    }
}
