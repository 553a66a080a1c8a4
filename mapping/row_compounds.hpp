// The part of RowMapper that makes terms out of terms: quoted statements with the blank nodes that
// reify them, collections and containers. Runs only for maps that have such terms. Collections with
// a name are gathered over all records, by one thread, and written at the end.
#pragma once

#include <charconv>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "mapping/encoded_term.hpp"
#include "mapping/fingerprint_set.hpp"
#include "mapping/row_mapper.hpp"

namespace dossier {

// Terms of RDF that compounds need; constants only where a map has compounds.
template <class Backend>
void RowMapper<Backend>::make_words() {
  const bool needed = std::ranges::any_of(source_.maps, [](const MapPlan& map) {
    return !map.quoted.empty() || !map.gathered.empty();
  });
  if (!needed) return;
  const auto word = [&](std::string_view name) {
    return backend_.iri(std::string(rdf::kNamespace).append(name));
  };
  words_.type = word("type");
  words_.first = word("first");
  words_.rest = word("rest");
  words_.nil = word("nil");
  words_.reifies = word("reifies");
  static constexpr std::string_view kKinds[] = {"List", "Bag", "Seq", "Alt"};
  for (std::size_t i = 0; i < std::size(kKinds); ++i) words_.kinds[i] = word(kKinds[i]);
}

// Operands leave cells behind them; the compound's own stand together at the end.
template <class Backend>
bool RowMapper<Backend>::make_compound(const MapPlan& map, std::uint32_t index,
                                       std::span<const Value> row, std::uint64_t offset) {
  const TermPlan& term = map.terms[index];
  std::vector<Cell> made;
  if (term.compound == Compound::quoted) {
    make_quoted(map, map.quoted[term.parts], row, offset, made);
  } else {
    make_gathered(map, map.gathered[term.parts], row, offset, made);
  }
  ranges_[index] = {static_cast<std::uint32_t>(cells_.size()),
                    static_cast<std::uint32_t>(made.size())};
  cells_.insert(cells_.end(), made.begin(), made.end());
  return !made.empty();
}

// ---- quoted statements

template <class Backend>
void RowMapper<Backend>::make_quoted(const MapPlan& map, const QuotedPlan& plan,
                                     std::span<const Value> row, std::uint64_t offset,
                                     std::vector<Cell>& out) {
  std::vector<Cell> statements;
  if (plan.join != StatementPlan::kNone) {
    const Range found = parents(plan.join, row, offset);
    statements.assign(cells_.begin() + found.first, cells_.begin() + found.first + found.count);
  }
  for (const QuotedPlan::Part& part : plan.parts) {
    bool whole = true;
    for (const std::uint32_t term : {part.subject, part.predicate, part.object}) {
      whole = make_term(map, term, row, offset) && whole;
    }
    if (!whole) continue;
    const auto cells = [&](std::uint32_t term) {
      const Range range = ranges_[term];
      return std::vector<Cell>(cells_.begin() + range.first,
                               cells_.begin() + range.first + range.count);
    };
    const std::vector<Cell> subjects = cells(part.subject);
    const std::vector<Cell> predicates = cells(part.predicate);
    const std::vector<Cell> objects = cells(part.object);
    for (const Cell& subject : subjects) {
      for (const Cell& predicate : predicates) {
        for (const Cell& object : objects) {
          statements.push_back(backend_.triple(subject, predicate, object));
        }
      }
    }
  }
  for (const Cell& statement : statements) {
    out.push_back(plan.reified ? reify(statement) : statement);
  }
}

// The blank node is named by the statement's content, so that it is one wherever it is made.
template <class Backend>
auto RowMapper<Backend>::reify(const Cell& statement) -> Cell {
  const std::string text = backend_.text_of(statement);
  const Fingerprint print = Fingerprint::of(text);
  std::string label = "t-";
  char digits[20];
  for (const std::uint64_t part : {print.high, print.low}) {
    char* const end = std::to_chars(digits, digits + sizeof digits, part, 36).ptr;
    label.append(digits, static_cast<std::size_t>(end - digits));
  }
  const Cell reifier = backend_.blank(label);
  reified_.push_back({reifier, statement});
  return reifier;
}

// Statements that blank nodes in a joined statement reify stand behind it.
template <class Backend>
void RowMapper<Backend>::reify_others(const JoinTable::Entry& entry) {
  std::string_view bytes = entry.subject();
  encoded::read(bytes, backend_);
  while (!bytes.empty()) reify(encoded::read(bytes, backend_));
}

template <class Backend>
void RowMapper<Backend>::write_reified(const MapPlan& map) {
  std::vector<std::uint32_t> graphs;
  for (const StatementPlan& statement : map.statements) graphs.push_back(statement.graph);
  for (const Cell& graph : graph_cells(graphs)) {
    for (const Reified& each : reified_) {
      backend_.add_reified(each.reifier, words_.reifies, each.statement, graph);
      ++counts_.statements;
    }
  }
  reified_.clear();
}

// The graphs that terms give, each once.
template <class Backend>
auto RowMapper<Backend>::graph_cells(const std::vector<std::uint32_t>& terms) const
    -> std::vector<Cell> {
  std::vector<Cell> out;
  std::vector<std::string> seen;
  for (const std::uint32_t term : terms) {
    const Range range = ranges_[term];
    for (std::uint32_t i = 0; i < range.count; ++i) {
      const Cell& cell = cells_[range.first + i];
      std::string text = backend_.text_of(cell);
      if (std::ranges::find(seen, text) != seen.end()) continue;
      seen.push_back(std::move(text));
      out.push_back(cell);
    }
  }
  return out;
}

// ---- collections

template <class Backend>
void RowMapper<Backend>::make_gathered(const MapPlan& map, const GatherPlan& plan,
                                       std::span<const Value> row, std::uint64_t offset,
                                       std::vector<Cell>& out) {
  std::vector<std::vector<Cell>> parts;
  for (const GatherItem& item : plan.items) {
    Range range;
    if (item.join != StatementPlan::kNone) {
      range = parents(item.join, row, offset);
    } else {
      make_term(map, item.term, row, offset);
      range = ranges_[item.term];
    }
    parts.emplace_back(cells_.begin() + range.first, cells_.begin() + range.first + range.count);
  }
  const auto add = [&](std::vector<Cell> items) {
    if (const auto head = collection(map, plan, std::move(items), row, offset))
      out.push_back(*head);
  };
  if (!plan.cartesian) {
    std::vector<Cell> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    add(std::move(all));
    return;
  }
  if (std::ranges::any_of(parts, [](const auto& part) { return part.empty(); })) return add({});
  std::vector<std::size_t> at(parts.size(), 0);
  for (;;) {
    std::vector<Cell> chosen;
    for (std::size_t i = 0; i < parts.size(); ++i) chosen.push_back(parts[i][at[i]]);
    add(std::move(chosen));
    std::size_t i = parts.size();
    while (i > 0 && ++at[i - 1] == parts[i - 1].size()) at[--i] = 0;
    if (i == 0) return;
  }
}

// The first node; nothing when nothing was gathered and that is no collection.
template <class Backend>
auto RowMapper<Backend>::collection(const MapPlan& map, const GatherPlan& plan,
                                    std::vector<Cell> items, std::span<const Value> row,
                                    std::uint64_t offset) -> std::optional<Cell> {
  if (items.empty() && !plan.allow_empty) return std::nullopt;
  if (items.empty() && plan.kind == CollectionKind::list) return words_.nil;
  std::optional<Cell> head = plan.head == StatementPlan::kNone
                                 ? std::optional(fresh_node(plan.seed, offset))
                                 : name_of(map, plan, row, offset);
  if (head) collected_.push_back({&plan, *head, std::move(items)});
  return head;
}

// Blank nodes of one name in two graphs are two collections.
template <class Backend>
auto RowMapper<Backend>::name_of(const MapPlan& map, const GatherPlan& plan,
                                 std::span<const Value> row, std::uint64_t offset)
    -> std::optional<Cell> {
  if (!make_term(map, plan.head, row, offset)) return std::nullopt;
  const Cell head = cells_[ranges_[plan.head].first];
  const std::string text = backend_.text_of(head);
  if (!text.starts_with("_:") || plan.graphs.empty()) return head;
  const std::uint32_t graph_term = plan.graphs.front();
  if (!make_term(map, graph_term, row, offset)) return head;
  const std::string graph = backend_.text_of(cells_[ranges_[graph_term].first]);
  if (graph.empty()) return head;
  char digits[20];
  char* const end = std::to_chars(digits, digits + sizeof digits, hash_bytes(graph), 36).ptr;
  return backend_.blank(text.substr(2) + "-" +
                        std::string(digits, static_cast<std::size_t>(end - digits)));
}

template <class Backend>
auto RowMapper<Backend>::fresh_node(std::uint64_t seed, std::uint64_t offset) -> Cell {
  if (offset != offset_) {
    offset_ = offset;
    fresh_nodes_ = 0;
  }
  return backend_.blank(fmt::format("{}-{}", record_label(part_, seed, offset), fresh_nodes_++));
}

template <class Backend>
void RowMapper<Backend>::write_collected(const MapPlan&) {
  const std::vector<Collected> all = std::exchange(collected_, {});
  for (const Collected& each : all) {
    for (const Cell& graph : graph_cells(each.plan->graphs)) {
      if (each.plan->head == StatementPlan::kNone) {
        write_collection(each, record_offset_, graph);
      } else {
        share(each, graph);
      }
    }
  }
}

template <class Backend>
void RowMapper<Backend>::write_collection(const Collected& collected, std::uint64_t offset,
                                          const Cell& graph) {
  if (collected.plan->kind != CollectionKind::list) {
    write(collected.head, words_.type, words_.kinds[static_cast<std::size_t>(collected.plan->kind)],
          graph);
    for (std::size_t i = 0; i < collected.items.size(); ++i) {
      write(collected.head, member(i + 1), collected.items[i], graph);
    }
    return;
  }
  Cell node = collected.head;
  for (std::size_t i = 0; i < collected.items.size(); ++i) {
    write(node, words_.first, collected.items[i], graph);
    const Cell next =
        i + 1 == collected.items.size() ? words_.nil : fresh_node(collected.plan->seed, offset);
    write(node, words_.rest, next, graph);
    node = next;
  }
}

template <class Backend>
void RowMapper<Backend>::share(const Collected& collected, const Cell& graph) {
  const std::string name = backend_.text_of(collected.head) + " " + backend_.text_of(graph);
  const auto [at, is_new] = shared_.by_name.emplace(name, shared_.all.size());
  if (is_new) {
    Shared made;
    made.kind = collected.plan->kind;
    made.origin = backend_.origin();
    made.offset = record_offset_;
    made.head = backend_.keep(collected.head);
    made.graph = backend_.keep(graph);
    made.seed = hash_mix(collected.plan->seed, hash_bytes(name));
    shared_.all.push_back(std::move(made));
  }
  for (const Cell& item : collected.items) {
    shared_.all[at->second].items.push_back(
        {backend_.keep(item), record_offset_, backend_.origin()});
  }
}

// Each statement as one of the record that its item came from.
template <class Backend>
void RowMapper<Backend>::write_shared(const Shared& shared) {
  const auto begin = [&](std::uint64_t offset, const typename Backend::Origin& origin) {
    backend_.begin_record(offset);
    backend_.begin_as(origin);
  };
  begin(shared.offset, shared.origin);
  if (shared.kind != CollectionKind::list) {
    write(backend_.restore(shared.head), words_.type,
          words_.kinds[static_cast<std::size_t>(shared.kind)], backend_.restore(shared.graph));
  }
  typename Backend::Kept node = shared.head;
  for (std::size_t i = 0; i < shared.items.size(); ++i) {
    begin(shared.items[i].offset, shared.items[i].origin);
    const Cell graph = backend_.restore(shared.graph);
    const Cell item = backend_.restore(shared.items[i].term);
    if (shared.kind != CollectionKind::list) {
      write(backend_.restore(shared.head), member(i + 1), item, graph);
      continue;
    }
    const Cell here = backend_.restore(node);
    const bool last = i + 1 == shared.items.size();
    std::string label(record_label(part_, shared.seed, i));
    const Cell next = last ? words_.nil : backend_.blank(label);
    write(here, words_.first, item, graph);
    write(here, words_.rest, next, graph);
    node = backend_.keep(next);
  }
}

}  // namespace dossier
