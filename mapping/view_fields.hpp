// The fields of a logical view, compiled, and how a record becomes rows of them. Part of
// open_view.hpp. Plans are shared by threads; rows and their texts belong to the batch being made.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mapping/model.hpp"
#include "mapping/piece.hpp"
#include "mapping/row_program.hpp"
#include "sources/json_block.hpp"
#include "sources/records.hpp"
#include "sources/xml_block.hpp"

namespace dossier {

// Keys of a view -> slots of its rows; only those that something needs have one.
class ViewKeys {
 public:
  static constexpr std::uint32_t kUnused = 0xFFFF'FFFF;
  // Adds the key to those that a field offers. False when it is there already.
  bool offer(const std::string& key);
  bool offers(std::string_view key) const;
  std::uint32_t need(const std::string& key);      // its slot
  std::uint32_t slot(std::string_view key) const;  // kUnused: nothing needs it
  std::size_t count() const { return needed_.size(); }
  const std::vector<std::string>& all() const { return offered_; }

 private:
  std::vector<std::string> offered_;
  std::vector<std::string> needed_;
};

// What the fields that are read from one kind of record take from it: its references, and what
// functions make of them.
struct ViewLevel {
  std::vector<std::string> references;
  RowProgram program;
};

struct ViewFieldPlan {
  // What is iterated over, and how its items are read.
  struct Iteration {
    Formulation formulation = Formulation::jsonpath;
    JsonPlan json;
    std::optional<XmlItems> xml;
    ViewLevel level;  // of the items
  };

  std::vector<Piece> pieces;              // of an expression: slots are those of its level
  std::uint32_t text = Piece::kConstant;  // of an iterable field: the reference that holds the text
  std::unique_ptr<Iteration> iteration;   // null: an expression
  std::uint32_t value_slot = ViewKeys::kUnused;
  std::uint32_t index_slot = ViewKeys::kUnused;
  std::vector<ViewFieldPlan> fields;
};

// References of a record that pieces name, each once.
std::uint32_t reference_slot(std::vector<std::string>& references, std::string_view reference);
// Nothing for functions.
std::optional<std::vector<Piece>> view_pieces(const Expression& expression,
                                              std::vector<std::string>& references);

// Offers the keys of the fields. Call before keys are needed.
Expected<void> offer_fields(const std::vector<ViewField>& fields, const std::string& prefix,
                            ViewKeys& keys);

class ViewFieldCompiler {
 public:
  // `source`: what the view is made of; its prefixes and null texts are those of items, too.
  ViewFieldCompiler(const MappingModel& model, const ViewKeys& keys, const LogicalSource& source,
                    const Limits& limits)
      : model_(model), keys_(keys), source_(source), limits_(limits) {}

  // Fields of records in `formulation`; what they take is added to `level`, which is whole then.
  Expected<std::vector<ViewFieldPlan>> compile(const std::vector<ViewField>& fields,
                                               Formulation formulation, ViewLevel& level);

 private:
  struct Inside {
    std::string prefix;  // "item."
    Formulation formulation = Formulation::other;
    bool text = false;  // of a field's text, else of a record
  };
  Expected<std::vector<ViewFieldPlan>> fields(const std::vector<ViewField>& fields,
                                              const Inside& inside, ViewLevel& level);
  Expected<ViewFieldPlan> expression(const ViewField& field, const Inside& inside,
                                     ViewLevel& level);
  Expected<ViewFieldPlan> iterable(const ViewField& field, const Inside& inside, ViewLevel& level);
  Expected<std::vector<Piece>> pieces(const ViewField& field, ViewLevel& level) const;
  Expected<std::unique_ptr<ViewFieldPlan::Iteration>> iteration(const ViewField& field,
                                                                Formulation formulation,
                                                                bool in_record) const;
  Expected<void> iterate_xml(const ViewField& field, bool in_record,
                             ViewFieldPlan::Iteration& out) const;
  Expected<void> finish_iteration(const ViewField& field, ViewFieldPlan::Iteration& out) const;

  const MappingModel& model_;
  const ViewKeys& keys_;
  const LogicalSource& source_;
  const Limits& limits_;
};

// A call to a function as the value of a field: an error of the mapping when it is wrong.
Expected<std::uint32_t> compile_field_call(const FunctionCall& call, const MappingModel& model,
                                           const Limits& limits, ViewLevel& level);

using ViewRow = std::vector<Value>;

class ViewExpander {
 public:
  ViewExpander(std::size_t slots, const std::string& name, const Limits& limits, Arena& arena,
               DiagnosticSink& diagnostics)
      : slots_(slots), name_(name), limits_(limits), arena_(arena), diagnostics_(diagnostics) {}

  // The rows of a record. Recursion goes as deep as fields are nested, which the loader bounds.
  std::vector<ViewRow> rows(const std::vector<ViewFieldPlan>& fields, const ViewLevel& level,
                            std::span<const Value> record);
  Value number(std::size_t value);

 private:
  std::vector<ViewRow> field_rows(const ViewFieldPlan& field, std::span<const Value> record);
  void add_items(const ViewFieldPlan& field, std::string_view text, std::vector<ViewRow>& out);
  std::vector<ViewRow> combined(const std::vector<ViewRow>& a, const std::vector<ViewRow>& b) const;
  Value kept(const Value& value);
  RowEvaluator& evaluator(const ViewLevel& level);
  void complain(const Error& error);

  std::size_t slots_;
  const std::string& name_;
  const Limits& limits_;
  Arena& arena_;
  DiagnosticSink& diagnostics_;
  std::map<const ViewLevel*, RowEvaluator> evaluators_;  // of levels with functions
};

}  // namespace dossier
