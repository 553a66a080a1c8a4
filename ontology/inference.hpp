// What follows from a graph by its ontology: RDFS on instances, and of OWL inverse, symmetric and
// transitive properties, property chains of two, hasValue, sameAs, and equivalence as mutual
// subclass; and the direct statements of links. Open world: nothing here is a check (validation.hpp
// is). Forward, semi-naive: each new statement is looked at once. One thread. Cost: 28 bytes and a
// hash slot for each inferred statement, and a bit a resource for each class; transitive closures
// are found component by component, so that a circle costs its size and not its cube.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "ontology/model.hpp"
#include "ontology/transitive.hpp"

namespace dossier {

enum class InferenceRule : std::uint8_t {
#define DOSSIER_INFERENCE(name, title, meaning) name,
#include "ontology/inference_rules.def"
#undef DOSSIER_INFERENCE
  count_
};
inline constexpr std::size_t kInferenceRuleCount = static_cast<std::size_t>(InferenceRule::count_);

struct InferenceRuleInfo {
  std::string_view name;
  std::string_view title;    // the term that the rule goes by
  std::string_view meaning;  // one line
};
const InferenceRuleInfo& info(InferenceRule rule);

struct InferenceOptions {
  bool rdfs = true;    // subclass, subproperty, domain, range
  bool owl = true;     // inverse to hasValue
  bool direct = true;  // the direct statements of links
  Limits limits;
};

// A statement that a conclusion rests on: of the graph by its position, or an inferred one by its
// number.
struct Premise {
  static constexpr std::uint32_t kInferred = 0x8000'0000;
  std::uint32_t value = 0xFFFF'FFFF;
  bool none() const { return value == 0xFFFF'FFFF; }
  bool is_inferred() const { return (value & kInferred) != 0; }
  std::uint32_t number() const { return value & ~kInferred; }
};

struct InferredStatement {
  Statement statement;
  InferenceRule rule{};
  std::array<Premise, 2> premises;  // none for transitive and direct: see `premises_of`
};

// A transitive property whose closure is larger than Limits::max_closure: it is not written out
// (the closure of a chain is quadratic), but can be asked.
struct OpenClosure {
  TermId property;
  TransitiveClosure closure;
};

class Inference {
 public:
  // In the order of inference; each once, and none that the graph holds.
  std::span<const InferredStatement> statements() const { return statements_; }
  std::uint64_t count(InferenceRule rule) const;
  // In the order of the properties.
  std::span<const OpenClosure> open_closures() const { return open_closures_; }
  // One extension for each rule that gave something, for Graph::extended.
  std::vector<Graph::Extension> extensions() const;

 private:
  friend class InferenceRun;
  std::vector<InferredStatement> statements_;
  std::vector<OpenClosure> open_closures_;
};

// IRIs that inferred statements need: to be interned before the graph is frozen.
std::vector<std::string> inference_terms(const Ontology& ontology);

// The statements that an inferred one rests on. For a transitive property the shortest way, for a
// direct statement the two ends of the first link that gives it.
std::vector<Statement> premises_of(const InferredStatement& statement, const Inference& inference,
                                   const Graph& graph, const Ontology& ontology);

// Statements of named graphs are premises like others; what is inferred is in the default graph.
// The error is a limit that was passed.
Expected<Inference> infer(const Graph& graph, const Ontology& ontology,
                          const InferenceOptions& options = {});

}  // namespace dossier
