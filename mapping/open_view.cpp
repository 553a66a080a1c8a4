#include "mapping/open_view.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "mapping/join_key.hpp"
#include "mapping/open_source.hpp"
#include "mapping/source_files.hpp"
#include "mapping/sql_source.hpp"
#include "mapping/view_fields.hpp"

namespace dossier {
namespace {

// All records of a source, held.
struct HeldRecords {
  std::vector<RecordBatch> batches;
};

struct JoinedView {
  bool inner = false;
  HeldRecords records;
  std::vector<std::vector<Piece>> child_keys;  // on slots of the view's rows
  ViewLevel level;                             // of the parent's records
  std::vector<ViewFieldPlan> fields;           // on slots of that
  std::unordered_map<std::string, std::vector<std::span<const Value>>> by_key;
};

class ViewReader final : public RecordReader {
 public:
  ViewReader(std::string name, std::unique_ptr<RecordReader> base, std::size_t wanted,
             ViewKeys keys, std::vector<ViewFieldPlan> fields, std::unique_ptr<ViewLevel> level,
             const Limits& limits)
      : RecordReader(std::move(name)),
        base_(std::move(base)),
        wanted_(wanted),
        keys_(std::move(keys)),
        fields_(std::move(fields)),
        level_(std::move(level)),
        limits_(limits) {}

  void hold(HeldRecords records) { held_ = std::move(records); }
  void join(std::unique_ptr<JoinedView> joined) { joins_.push_back(std::move(joined)); }

  Expected<std::optional<RecordBlock>> next() override {
    if (!held_) return base_->next();
    if (next_held_ == held_->batches.size()) return std::nullopt;
    RecordBlock block;
    block.offset = next_held_++;  // which of the held batches
    block.first_record = first_record_;
    first_record_ += held_->batches[block.offset].size();
    return block;
  }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink& diagnostics) const override {
    out.slots = wanted_;
    out.values.clear();
    out.offsets.clear();
    out.arena = Arena();
    const std::uint64_t first = block.first_record;
    if (held_) {
      const RecordBatch& batch = held_->batches[block.offset];
      expand(batch, first, out, diagnostics);
      RecordCounts counts;
      counts.read = batch.size();
      return counts;
    }
    RecordBatch batch;
    auto counts = base_->parse(std::move(block), batch, diagnostics);
    if (!counts) return counts;
    expand(batch, first, out, diagnostics);
    return counts;
  }

  std::span<const std::string> columns() const override { return keys_.all(); }

 private:
  // Values of rows are copied into the arena of `out`: the base's batch may go.
  void expand(const RecordBatch& batch, std::uint64_t first, RecordBatch& out,
              DiagnosticSink& diagnostics) const {
    ViewExpander expander(keys_.count(), name(), limits_, out.arena, diagnostics);
    const std::uint32_t index = keys_.slot("#");
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::vector<ViewRow> rows = expander.rows(fields_, *level_, batch.row(i));
      for (const auto& join : joins_) rows = joined(*join, std::move(rows), expander);
      for (ViewRow& row : rows) {
        if (index != ViewKeys::kUnused) {
          row[index] = expander.number(static_cast<std::size_t>(first) + i);
        }
        out.values.insert(out.values.end(), row.begin(),
                          row.begin() + static_cast<std::ptrdiff_t>(wanted_));
        out.offsets.push_back(batch.offsets[i]);
      }
    }
  }

  static void set_indices(const std::vector<ViewFieldPlan>& fields, std::size_t match, ViewRow& row,
                          ViewExpander& expander) {
    for (const ViewFieldPlan& field : fields) {
      if (field.index_slot != ViewKeys::kUnused) row[field.index_slot] = expander.number(match);
    }
  }

  std::vector<ViewRow> joined(const JoinedView& join, std::vector<ViewRow> rows,
                              ViewExpander& expander) const {
    std::vector<ViewRow> out;
    for (ViewRow& row : rows) {
      std::string key;
      const auto found =
          make_key(join.child_keys, row, key) ? join.by_key.find(key) : join.by_key.end();
      if (found == join.by_key.end()) {
        if (!join.inner) out.push_back(std::move(row));
        continue;
      }
      std::size_t match = 0;
      for (const std::span<const Value> parent : found->second) {
        for (const ViewRow& fields : expander.rows(join.fields, join.level, parent)) {
          ViewRow whole = row;
          for (std::size_t i = 0; i < whole.size(); ++i) {
            if (fields[i].type != ValueType::absent) whole[i] = fields[i];
          }
          set_indices(join.fields, match, whole, expander);
          out.push_back(std::move(whole));
        }
        ++match;
      }
    }
    return out;
  }

 public:
  // False when a value is absent.
  static bool make_key(const std::vector<std::vector<Piece>>& parts, std::span<const Value> row,
                       std::string& out) {
    ByteBuffer key;
    ByteBuffer part;
    for (const std::vector<Piece>& pieces : parts) {
      if (presence(pieces, row) != Presence::present) return false;
      append_key_part(key, lexical(pieces, row, part));
    }
    out = key.view();
    return true;
  }

 private:
  std::unique_ptr<RecordReader> base_;
  std::optional<HeldRecords> held_;
  std::size_t next_held_ = 0;
  std::uint64_t first_record_ = 0;
  std::size_t wanted_;
  ViewKeys keys_;
  std::vector<ViewFieldPlan> fields_;
  std::unique_ptr<ViewLevel> level_;
  std::vector<std::unique_ptr<JoinedView>> joins_;
  Limits limits_;
};

Expected<void> hold_records(RecordReader& reader, HeldRecords& out) {
  NoDiagnostics nowhere;  // the source itself is read elsewhere, or has been
  for (;;) {
    auto block = reader.next();
    if (!block) return std::unexpected(std::move(block.error()));
    if (!*block) return {};
    RecordBatch batch;
    if (auto parsed = reader.parse(std::move(**block), batch, nowhere); !parsed) {
      return std::unexpected(std::move(parsed.error()));
    }
    out.batches.push_back(std::move(batch));
  }
}

class ViewOpener {
 public:
  ViewOpener(const Plan& plan, const SourcePlan& source, const Limits& limits)
      : plan_(plan),
        described_(plan.model.sources[source.model_index]),
        source_(source),
        limits_(limits) {}

  Expected<std::unique_ptr<RecordReader>> open(std::span<const std::string> wanted);

 private:
  const LogicalSource& model(std::size_t index) const { return plan_.model.sources[index]; }
  Expected<void> offer_keys();
  Expected<void> need(std::span<const std::string> wanted);
  Expected<std::unique_ptr<RecordReader>> open_other(std::size_t index, const SourceFile& file,
                                                     std::span<const std::string> references);
  Expected<std::vector<SourceFile>> files_of(std::size_t index) const;
  Expected<std::unique_ptr<JoinedView>> open_join(const ViewJoin& join);

  const Plan& plan_;
  const LogicalSource& described_;
  const SourcePlan& source_;
  const Limits& limits_;
  ViewKeys keys_;
};

Expected<void> ViewOpener::offer_keys() {
  const LogicalView& view = *described_.view;
  keys_.offer("#");
  if (auto done = offer_fields(view.fields, "", keys_); !done) return done;
  for (const ViewJoin& join : view.joins) {
    if (auto done = offer_fields(join.fields, "", keys_); !done) return done;
  }
  return {};
}

Expected<void> ViewOpener::need(std::span<const std::string> wanted) {
  for (const std::string& key : wanted) {
    if (!keys_.offers(key)) {
      std::string list;
      std::vector<std::string> names;
      for (const std::string& each : keys_.all()) {
        if (!each.starts_with("<it>")) names.push_back(each);
      }
      const auto close = nearest_name(key, std::span<const std::string>(names));
      return fail(code::column_unknown, {source_.shown_path, 0, 0, {}},
                  fmt::format("the view has no key \"{}\"", printable(key)),
                  fmt::format("{}its keys are: {}",
                              close ? fmt::format("did you mean \"{}\"? ", *close) : "",
                              fmt::join(names, ", ")));
    }
    keys_.need(key);
  }
  return {};
}

// Of the source that a view begins with in the end.
Expected<std::vector<SourceFile>> ViewOpener::files_of(std::size_t index) const {
  const LogicalSource* root = &model(index);
  while (root->view) root = &model(root->view->on);
  if (is_sql(*root)) return std::vector<SourceFile>{{root->path, root->path}};
  return source_files(*root, plan_.options);
}

Expected<std::unique_ptr<RecordReader>> ViewOpener::open_other(
    std::size_t index, const SourceFile& file, std::span<const std::string> references) {
  SourcePlan source;
  source.model_index = index;
  source.path = file.path;
  source.shown_path = file.shown;
  return open_source(plan_, source, references, limits_, SourceValues::structures);
}

Expected<std::unique_ptr<JoinedView>> ViewOpener::open_join(const ViewJoin& join) {
  auto out = std::make_unique<JoinedView>();
  out->inner = join.inner;
  std::vector<std::string> references;
  std::vector<std::vector<Piece>> parent_keys;
  for (const JoinCondition& condition : join.conditions) {
    std::vector<std::string> child;
    const auto own = view_pieces(condition.child.expression, child);
    const auto parent = view_pieces(condition.parent.expression, references);
    if (!own || !parent) {
      return fail(code::mapping_bad_join, condition.place,
                  "this join condition is not complete, or has a function",
                  "name a value of each side: rml:child and rml:parent");
    }
    std::vector<Piece> pieces = *own;
    for (Piece& piece : pieces) {
      if (piece.slot != Piece::kConstant) piece.slot = keys_.slot(child[piece.slot]);
    }
    out->child_keys.push_back(std::move(pieces));
    parent_keys.push_back(*parent);
  }
  out->level.references = std::move(references);
  auto fields = ViewFieldCompiler(plan_.model, keys_, model(join.parent), limits_)
                    .compile(join.fields, Formulation::other, out->level);
  if (!fields) return std::unexpected(std::move(fields.error()));
  out->fields = std::move(*fields);
  const auto files = files_of(join.parent);
  if (!files) return std::unexpected(files.error());
  for (const SourceFile& file : *files) {
    auto reader = open_other(join.parent, file, out->level.references);
    if (!reader) return std::unexpected(std::move(reader.error()));
    if (auto held = hold_records(**reader, out->records); !held) {
      return std::unexpected(std::move(held.error()));
    }
  }
  for (const RecordBatch& batch : out->records.batches) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::string key;
      if (ViewReader::make_key(parent_keys, batch.row(i), key))
        out->by_key[key].push_back(batch.row(i));
    }
  }
  return out;
}

Expected<std::unique_ptr<RecordReader>> ViewOpener::open(std::span<const std::string> wanted) {
  const LogicalView& view = *described_.view;
  if (auto done = offer_keys(); !done) return std::unexpected(std::move(done.error()));
  if (auto done = need(wanted); !done) return std::unexpected(std::move(done.error()));
  // Joins compare keys that nothing else may need.
  for (const ViewJoin& join : view.joins) {
    for (const JoinCondition& condition : join.conditions) {
      std::vector<std::string> child;
      static_cast<void>(view_pieces(condition.child.expression, child));
      if (auto done = need(child); !done) return std::unexpected(std::move(done.error()));
    }
  }
  const LogicalSource& base = model(view.on);
  auto level = std::make_unique<ViewLevel>();
  auto fields =
      ViewFieldCompiler(plan_.model, keys_, base, limits_)
          .compile(view.fields, base.view ? Formulation::other : base.formulation, *level);
  if (!fields) return std::unexpected(std::move(fields.error()));
  auto reader = open_other(view.on, {source_.path, source_.shown_path}, level->references);
  if (!reader) return std::unexpected(std::move(reader.error()));
  std::optional<HeldRecords> held;
  if (base.view) {
    if (auto done = hold_records(**reader, held.emplace()); !done) {
      return std::unexpected(std::move(done.error()));
    }
  }
  std::vector<std::unique_ptr<JoinedView>> joins;
  for (const ViewJoin& join : view.joins) {
    auto joined = open_join(join);
    if (!joined) return std::unexpected(std::move(joined.error()));
    joins.push_back(std::move(*joined));
  }
  std::string name = (*reader)->name();
  auto out =
      std::make_unique<ViewReader>(std::move(name), std::move(*reader), wanted.size(),
                                   std::move(keys_), std::move(*fields), std::move(level), limits_);
  if (held) out->hold(std::move(*held));
  for (auto& join : joins) out->join(std::move(join));
  return out;
}

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_view(const Plan& plan, const SourcePlan& source,
                                                  std::span<const std::string> wanted,
                                                  const Limits& limits) {
  return ViewOpener(plan, source, limits).open(wanted);
}

}  // namespace dossier
