#include "sources/rdf_records.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "graph/builder.hpp"
#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"
#include "sources/rdf.hpp"
#include "sources/row_reader.hpp"
#include "sources/sparql_results.hpp"

namespace dossier {
namespace {

using PrefixMap = std::map<std::string, std::string>;

// Statements into a shard, and the prefixes that the file declares.
class PrefixedShard {
 public:
  explicit PrefixedShard(Shard& shard) : shard_(shard) {}
  bool statement(const StatementView& view) { return shard_.statement(view); }
  void prefix(std::string_view name, std::string_view iri) {
    prefixes_.insert_or_assign(std::string(name), std::string(iri));
  }
  const PrefixMap& prefixes() const { return prefixes_; }

 private:
  Shard& shard_;
  PrefixMap prefixes_;
};

struct RdfPathStep {
  std::string iri;
  bool inverse = false;
};

struct RdfPath {
  std::vector<RdfPathStep> steps;  // none: the subject itself
  std::string language;
};

class RdfPathParser {
 public:
  RdfPathParser(std::string_view text, const PrefixMap& given, const PrefixMap& declared,
                const std::string& file)
      : whole_(text), rest_(text), given_(given), declared_(declared), file_(file) {}

  Expected<RdfPath> path() {
    RdfPath out;
    if (whole_ == "@id") return out;
    for (;;) {
      auto step = this->step();
      if (!step) return std::unexpected(std::move(step.error()));
      out.steps.push_back(std::move(*step));
      if (!take('/')) break;
    }
    if (take('@')) {
      out.language = rest_;
      return out;
    }
    if (!rest_.empty()) return bad("steps are joined by /");
    return out;
  }

  Expected<RdfPathStep> step() {
    RdfPathStep out;
    out.inverse = take('^');
    if (take('<')) {
      const std::size_t end = rest_.find('>');
      if (end == std::string_view::npos) return bad("the < of an IRI has no >");
      out.iri = rest_.substr(0, end);
      rest_.remove_prefix(end + 1);
      return out;
    }
    const std::string_view name = rest_.substr(0, rest_.find_first_of("/@"));
    rest_.remove_prefix(name.size());
    if (name == "a") {
      out.iri = rdf::kType;
      return out;
    }
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) {
      return bad("a step is a prefixed name, an IRI between < and >, or a");
    }
    const std::string prefix(name.substr(0, colon));
    for (const PrefixMap* prefixes : {&given_, &declared_}) {
      const auto found = prefixes->find(prefix);
      if (found == prefixes->end()) continue;
      out.iri = found->second + std::string(name.substr(colon + 1));
      return out;
    }
    return bad(fmt::format("the prefix {}: is declared neither in the mapping nor in the file",
                           printable(prefix)));
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::unexpected<Error> bad(std::string_view why) const {
    return fail(code::rdf_path, {file_},
                fmt::format("\"{}\" is no path from a subject: {}", printable(whole_), why),
                "write ex:name, <http://...>, ex:seat/ex:name, ^ex:owner or @id");
  }

  std::string_view whole_;
  std::string_view rest_;
  const PrefixMap& given_;
  const PrefixMap& declared_;
  const std::string& file_;
};

bool in_language(std::string_view tag, std::string_view wanted) {
  if (tag.size() < wanted.size()) return false;
  return to_lower_ascii(tag.substr(0, wanted.size())) == to_lower_ascii(wanted) &&
         (tag.size() == wanted.size() || tag[wanted.size()] == '-');
}

class SubjectRows final : public RowSource {
 public:
  SubjectRows(Graph graph, const std::vector<RdfPath>& paths) : graph_(std::move(graph)) {
    for (const RdfPath& path : paths) {
      Path& known = paths_.emplace_back();
      known.language = path.language;
      for (const RdfPathStep& each : path.steps) {
        known.steps.push_back({graph_.find_iri(each.iri), each.inverse});
      }
    }
  }

  // `cls` empty: every subject.
  void choose(std::optional<std::string> cls) {
    if (cls) {
      for (const Statement& each : graph_.instances(graph_.find_iri(*cls))) {
        subjects_.push_back(each.subject);
      }
      std::ranges::sort(subjects_);
    } else {
      for (const Statement& each : graph_.statements()) subjects_.push_back(each.subject);
    }
    const auto repeated = std::ranges::unique(subjects_);
    subjects_.erase(repeated.begin(), repeated.end());
    std::ranges::stable_sort(subjects_, {}, [&](TermId id) { return first_offset(id); });
  }

  Expected<bool> next_row(RowWriter& row, std::uint64_t& number) override {
    if (next_ == subjects_.size()) return false;
    number = next_;
    const TermId subject = subjects_[next_++];
    for (const Path& path : paths_) add_values(subject, path, row);
    return true;
  }

 private:
  struct Step {
    TermId predicate;  // none: the graph has no such term
    bool inverse = false;
  };
  struct Path {
    std::vector<Step> steps;
    std::string language;
  };

  std::uint64_t first_offset(TermId subject) const {
    std::uint64_t first = UINT64_MAX;
    for (const Statement& each : graph_.about(subject)) {
      for (const EvidenceId id : graph_.evidence_of(graph_.position(each))) {
        first = std::min(first, graph_.evidence(id).offset);
      }
    }
    return first;
  }

  void add_values(TermId subject, const Path& path, RowWriter& row) {
    found_.assign(1, subject);
    for (const Step& step : path.steps) follow(step);
    std::erase_if(found_, [&](TermId id) { return !is_wanted(id, path.language); });
    if (found_.empty()) {
      row.add_absent();
      return;
    }
    if (found_.size() > 1) row.begin_list(found_.size());
    for (const TermId id : found_) {
      row.add(graph_.text(id),
              id.is_literal() ? value_type_of(graph_.literal_type(id).datatype) : ValueType::text);
    }
  }

  void follow(const Step& step) {
    reached_.clear();
    for (const TermId from : found_) {
      if (!step.predicate) break;
      if (step.inverse) {
        for (const Statement& each : graph_.with_object(step.predicate, from)) {
          reached_.push_back(each.subject);
        }
      } else if (from.is_resource()) {
        for (const Statement& each : graph_.about(from, step.predicate)) {
          reached_.push_back(each.object);
        }
      }
    }
    std::ranges::sort(reached_);
    const auto repeated = std::ranges::unique(reached_);
    reached_.erase(repeated.begin(), repeated.end());
    std::swap(found_, reached_);
  }

  bool is_wanted(TermId id, std::string_view language) const {
    if (id.is_triple()) return false;
    if (language.empty()) return true;
    return id.is_literal() && in_language(graph_.literal_type(id).language, language);
  }

  Graph graph_;
  std::vector<Path> paths_;
  std::vector<TermId> subjects_;
  std::size_t next_ = 0;
  std::vector<TermId> found_;
  std::vector<TermId> reached_;
};

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_rdf_records(std::unique_ptr<ByteSource> source,
                                                         const RdfRecordOptions& options,
                                                         std::span<const std::string> wanted,
                                                         const Limits& limits) {
  const std::string name = source->name();
  Builder builder;
  SourceInfo info;
  info.path = name;
  builder.shard().begin_source(builder.add_source(std::move(info)));
  PrefixedShard sink(builder.shard());
  RdfReadOptions read;
  read.base = options.base;
  read.limits = limits;
  NoDiagnostics nowhere;
  if (auto counts = read_rdf(*source, options.format, read, sink, nowhere); !counts) {
    return std::unexpected(std::move(counts.error()));
  }
  std::vector<RdfPath> paths;
  for (const std::string& each : wanted) {
    auto path = RdfPathParser(each, options.prefixes, sink.prefixes(), name).path();
    if (!path) return std::unexpected(std::move(path.error()));
    paths.push_back(std::move(*path));
  }
  std::optional<std::string> cls;
  if (!options.iterator.empty()) {
    auto step = RdfPathParser(options.iterator, options.prefixes, sink.prefixes(), name).step();
    if (!step) return std::unexpected(std::move(step.error()));
    cls = std::move(step->iri);
  }
  auto rows = std::make_unique<SubjectRows>(freeze(std::move(builder)), paths);
  rows->choose(std::move(cls));
  return read_rows(std::move(rows), name, wanted.size());
}

}  // namespace dossier
