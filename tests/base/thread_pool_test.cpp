#include "base/thread_pool.hpp"

#include <atomic>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

namespace dossier {
namespace {

TEST(OrderedPipelineTest, ResultsComeInTheOrderOfJobsForAnyThreadCount) {
  for (std::size_t threads : {1u, 2u, 5u}) {
    int next = 0;
    std::vector<int> seen;
    ordered_pipeline(
        threads,
        [&]() -> std::optional<int> { return next < 500 ? std::optional(next++) : std::nullopt; },
        [](int job, std::size_t) {
          if (job % 7 == 0) std::this_thread::yield();
          return job * 2;
        },
        [&](int result) { seen.push_back(result); });
    ASSERT_EQ(seen.size(), 500u) << threads;
    for (int i = 0; i < 500; ++i) ASSERT_EQ(seen[static_cast<std::size_t>(i)], i * 2);
  }
}

TEST(OrderedPipelineTest, AnExceptionInAnyStageReachesTheCaller) {
  for (int stage = 0; stage < 3; ++stage) {
    int next = 0;
    const auto throw_in = [stage](int here, int job) {
      if (here == stage && job == 20) throw std::runtime_error("stop");
    };
    EXPECT_THROW(ordered_pipeline(
                     3,
                     [&]() -> std::optional<int> {
                       throw_in(0, next);
                       return next < 100 ? std::optional(next++) : std::nullopt;
                     },
                     [&](int job, std::size_t) { return throw_in(1, job), job; },
                     [&](int job) { throw_in(2, job); }),
                 std::runtime_error)
        << stage;
  }
}

TEST(ParallelForTest, EachItemIsDoneOnce) {
  std::vector<std::atomic<int>> hits(1000);
  parallel_for(4, hits.size(), [&](std::size_t i) { ++hits[i]; });
  for (const auto& each : hits) EXPECT_EQ(each, 1);
}

}  // namespace
}  // namespace dossier
