// Work on a small fixed number of threads. `parallel_for` splits a range; `ordered_pipeline` makes
// jobs one after another, works on them side by side and hands the results on in the order of the
// jobs, with a bounded number in flight. With one thread both run in the caller. An exception (only
// std::bad_alloc is expected) reaches the caller.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace dossier {

// The number of threads to use: `asked`, or as many as the machine gives this process when 0.
std::size_t thread_count(std::size_t asked = 0);

// Runs `work(i)` for each i in [0, count) on up to `threads` threads; items are taken in order.
void parallel_for(std::size_t threads, std::size_t count,
                  const std::function<void(std::size_t)>& work);

// produce() -> std::optional<Job>, called by one thread at a time, nullopt at the end;
// work(Job&&, worker) -> Result, side by side, worker in [0, threads);
// consume(Result&&) in the order of production, one at a time.
template <class Produce, class Work, class Consume>
void ordered_pipeline(std::size_t threads, Produce&& produce, Work&& work, Consume&& consume) {
  using Job = typename std::invoke_result_t<Produce&>::value_type;
  using Result = std::invoke_result_t<Work&, Job&&, std::size_t>;
  if (threads <= 1) {
    while (std::optional<Job> job = produce()) consume(work(std::move(*job), std::size_t{0}));
    return;
  }
  std::mutex source_mutex;
  std::mutex result_mutex;
  std::condition_variable room;
  std::map<std::size_t, Result> waiting;
  std::size_t next_job = 0;
  std::size_t next_result = 0;
  bool consuming = false;
  bool ended = false;
  std::exception_ptr failure;
  const std::size_t in_flight = threads * 3;

  const auto stop = [&](std::exception_ptr error) {
    const std::scoped_lock lock(result_mutex);
    if (!failure) failure = std::move(error);
    room.notify_all();
  };
  // Hands on what is next in order; one thread consumes at a time and others just leave their
  // result.
  const auto drain = [&](std::unique_lock<std::mutex>& lock) {
    if (consuming) return;
    consuming = true;
    while (!failure && !waiting.empty() && waiting.begin()->first == next_result) {
      auto node = waiting.extract(waiting.begin());
      lock.unlock();
      try {
        consume(std::move(node.mapped()));
      } catch (...) {
        stop(std::current_exception());
      }
      lock.lock();
      ++next_result;
      room.notify_all();
    }
    consuming = false;
  };
  const auto run = [&](std::size_t worker) {
    for (;;) {
      std::size_t number = 0;
      std::optional<Job> job;
      try {
        const std::scoped_lock source_lock(source_mutex);
        {
          std::unique_lock lock(result_mutex);
          room.wait(lock, [&] { return failure || next_job - next_result < in_flight; });
          if (failure || ended) return;
        }
        job = produce();
        const std::scoped_lock lock(result_mutex);
        if (!job) {
          ended = true;
          return;
        }
        number = next_job++;
      } catch (...) {
        stop(std::current_exception());
        return;
      }
      try {
        Result result = work(std::move(*job), worker);
        std::unique_lock lock(result_mutex);
        waiting.emplace(number, std::move(result));
        drain(lock);
      } catch (...) {
        stop(std::current_exception());
        return;
      }
    }
  };
  {
    std::vector<std::jthread> pool;
    pool.reserve(threads - 1);
    for (std::size_t worker = 1; worker < threads; ++worker) pool.emplace_back(run, worker);
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
  std::unique_lock lock(result_mutex);
  drain(lock);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dossier
