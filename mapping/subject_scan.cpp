#include "mapping/subject_scan.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <system_error>

#include "base/hash.hpp"
#include "mapping/line_backend.hpp"
#include "mapping/pass.hpp"

namespace dossier {
namespace {

std::uint64_t size_of_plain_table(const Plan& plan, const SourcePlan& source) {
  const LogicalSource& described = plan.model.sources[source.model_index];
  if (described.formulation != Formulation::csv || source.path == "-") return 0;
  std::error_code error;
  if (!std::filesystem::is_regular_file(source.path, error) || error) return 0;
  const std::uintmax_t size = std::filesystem::file_size(source.path, error);
  return error ? 0 : static_cast<std::uint64_t>(size);
}

// The subjects with slots of their own, so that only these leave the reader.
struct Subjects {
  std::vector<TermPlan> terms;
  std::vector<std::string> slots;

  Subjects(const SourcePlan& source, const SourceChecks& checks) {
    for (const TermPlan* subject : checks.subjects) {
      terms.push_back(*subject);
      for (Piece& piece : terms.back().pieces) {
        if (piece.slot == Piece::kConstant) continue;
        const std::string& name = source.slots[piece.slot];
        const auto found = std::ranges::find(slots, name);
        piece.slot = static_cast<std::uint32_t>(found - slots.begin());
        if (found == slots.end()) slots.push_back(name);
      }
    }
  }
};

struct ScannedBlock {
  BlockCounts counts;
  std::uint64_t subjects = 0;
  std::uint64_t repeated = 0;  // of these, met before
};

// Where most subjects repeat, nearly all statements are to be remembered whatever a look tells: it
// ends. Looked at are so many subjects at least.
constexpr std::uint64_t kLeastSubjects = 20'000;
bool is_useless(std::uint64_t subjects, std::uint64_t repeated) {
  return subjects >= kLeastSubjects && repeated * 2 > subjects;
}

class SubjectAdder {
 public:
  SubjectAdder(const Subjects& subjects, SubjectFilter& filter)
      : subjects_(subjects), filter_(filter), maker_(backend_, counts_) {}

  ScannedBlock run(const RecordBatch& batch) {
    ScannedBlock out;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (std::uint32_t number = 0; number < subjects_.terms.size(); ++number) {
        backend_.begin_record(batch.offsets[i]);
        maker_.make(subjects_.terms[number], batch.row(i), batch.offsets[i],
                    [&](LineBackend::Cell cell) {
                      ++out.subjects;
                      out.repeated += filter_.add(subject_hash(backend_.text(cell), number));
                    });
      }
    }
    counts_ = {};
    return out;
  }

 private:
  const Subjects& subjects_;
  SubjectFilter& filter_;
  BlockCounts counts_;
  LineBackend backend_;
  TermMaker<LineBackend> maker_;
};

}  // namespace

std::uint64_t subject_hash(std::string_view term, std::uint32_t number) {
  return hash_bytes(term, number);
}

std::unique_ptr<SubjectFilter> scan_subjects(const Plan& plan, const SourcePlan& source,
                                             const SourceChecks& checks, std::size_t threads,
                                             std::uint64_t from_bytes, std::uint64_t max_bytes,
                                             const Limits& limits) {
  if (checks.subjects.empty()) return nullptr;
  const std::uint64_t bytes = size_of_plain_table(plan, source);
  if (bytes == 0 || bytes < from_bytes) return nullptr;
  auto filter = std::make_unique<SubjectFilter>(bytes, max_bytes);
  const Subjects subjects(source, checks);
  std::vector<std::unique_ptr<SubjectAdder>> adders;
  for (std::size_t i = 0; i < threads; ++i) {
    adders.push_back(std::make_unique<SubjectAdder>(subjects, *filter));
  }
  NoDiagnostics nowhere;  // the pass that maps the source reports
  std::uint64_t seen = 0;
  std::uint64_t repeated = 0;
  std::atomic<bool> useless = false;
  const auto done = run_pass(
      PassSetup{plan, source, subjects.slots, threads, limits, nowhere, &useless},
      [&](const RecordBatch& batch, std::size_t worker) { return adders[worker]->run(batch); },
      [](ScannedBlock& block) -> BlockCounts& { return block.counts; },
      [&](ScannedBlock&& block) {
        seen += block.subjects;
        repeated += block.repeated;
        useless = is_useless(seen, repeated);
      });
  if (!done || useless) return nullptr;
  return filter;
}

}  // namespace dossier
