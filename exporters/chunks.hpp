// Formats a graph in chunks of subjects, side by side, and joins them in order. Where chunks begin
// depends on the graph alone, so the bytes are the same for any number of threads. Cost: up to
// three buffers a thread, each a little over the text of kChunkStatements statements.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "base/thread_pool.hpp"
#include "exporters/share_done.hpp"
#include "exporters/text_buffer.hpp"

namespace dossier {

inline constexpr std::size_t kChunkStatements = 4096;

// Buffers that go round.
class BufferPool {
 public:
  TextBuffer take() {
    const std::scoped_lock lock(mutex_);
    if (free_.empty()) return {};
    TextBuffer buffer = std::move(free_.back());
    free_.pop_back();
    return buffer;
  }
  void give(TextBuffer buffer) {
    buffer.clear();
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(buffer));
  }

 private:
  std::mutex mutex_;
  std::vector<TextBuffer> free_;
};

// Jobs of `chunks`, with its share() told after each.
template <class Chunks>
auto telling(Chunks chunks, const ShareDone& on_share) {
  return [chunks = std::move(chunks), &on_share]() mutable {
    auto job = chunks();
    if (on_share) on_share(chunks.share());
    return job;
  };
}

// next() -> std::optional<Job>; format(job, worker, TextBuffer&) -> std::optional<Error>. Stops at
// the first error in the order of jobs, and when the sink fails (which the sink itself remembers).
template <class Next, class Format>
std::optional<Error> write_chunks(std::size_t threads, ByteSink& out, Next&& next,
                                  Format&& format) {
  using Job = typename std::invoke_result_t<Next&>::value_type;
  struct Chunk {
    TextBuffer text;
    std::optional<Error> error;
  };
  BufferPool pool;
  std::atomic<bool> stopped = false;
  std::optional<Error> error;
  ordered_pipeline(
      threads, [&] { return stopped ? std::optional<Job>() : next(); },
      [&](Job&& job, std::size_t worker) {
        Chunk chunk{.text = pool.take(), .error = {}};
        chunk.error = format(job, worker, chunk.text);
        return chunk;
      },
      [&](Chunk&& chunk) {
        if (error) return;
        if (chunk.error) {
          error = std::move(chunk.error);
        } else {
          out.append(chunk.text.text());
        }
        if (error || out.failed()) stopped = true;
        pool.give(std::move(chunk.text));
      });
  return error;
}

}  // namespace dossier
