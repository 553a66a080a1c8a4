// What becomes of statements that a format has no form for: refused (the writer does that), left
// out, or changed to the nearest that it holds. Each that is left out or changed is kept with its
// offset and told at the end with its place. Any thread; costs a look at each term of each
// statement where it is asked for, nothing else.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "graph/format.hpp"
#include "graph/statement.hpp"

namespace dossier {

enum class FallbackKind : unsigned char { refuse, skip, nearest };

class Fallback {
 public:
  Fallback(FallbackKind kind, Format format, const Limits& limits)
      : kind_(kind), format_(format), limits_(limits) {}

  bool active() const { return kind_ != FallbackKind::refuse; }

  // A statement that may go on: as it is, or in another form that lives in this object. One thread
  // each.
  class Passed {
   public:
    const StatementView* view = nullptr;  // null: it is left out

   private:
    friend class Fallback;
    StatementView changed_;
    TermView object_;
    std::string text_;
  };
  void pass(const StatementView& statement, Passed& out);

  std::uint64_t left_out() const { return left_out_; }
  std::uint64_t changed() const { return changed_; }

  // Reports what happened to the statements of this file, with lines, and forgets it.
  void report(const std::string& path, DiagnosticSink& diagnostics);

 private:
  struct Event {
    std::uint64_t offset = 0;
    DiagnosticCode code{};
    std::string message;
  };
  void note(std::uint64_t offset, DiagnosticCode code, std::string message);

  FallbackKind kind_;
  Format format_;
  const Limits& limits_;
  std::mutex mutex_;
  std::vector<Event> events_;  // at most max_diagnostics
  std::uint64_t left_out_ = 0;
  std::uint64_t changed_ = 0;
};

}  // namespace dossier
