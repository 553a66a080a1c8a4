#include "exporters/jsonld_nodes.hpp"

#include <algorithm>

#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::string_view kValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";
constexpr std::string_view kDirection = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction";
constexpr std::string_view kLanguage = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language";

}  // namespace

void JsonLdNodes::new_line(std::size_t level) {
  out_.append('\n');
  line_start_ = out_.size();
  out_.fill(level * 2, ' ');
}

void JsonLdNodes::next() {
  Frame& frame = stack_.back();
  if (frame.begun) out_.append(',');
  frame.begun = true;
  new_line(frame.level);
}

// The context was made without cells in view: what they say is named in full.
bool JsonLdNodes::member(TermId predicate) {
  next();
  const bool good = stack_.back().is_cell ? terms_.write_full_id(out_, predicate)
                                          : terms_.write_id(out_, predicate);
  if (!good) return false;
  out_.append(": ");
  return true;
}

bool JsonLdNodes::write(TermId subject, std::span<const Statement> statements, std::size_t level) {
  if (!open_node(subject, statements, level)) return false;
  close_node(level);
  return write_later(level);
}

bool JsonLdNodes::write_later(std::size_t level) {
  while (!later_.empty()) {
    const TermId node = later_.back();
    later_.pop_back();
    out_.append(',');
    new_line(level);
    if (!open_node(node, graph_.about(node), level)) return false;
    close_node(level);
  }
  return true;
}

bool JsonLdNodes::open_node(TermId subject, std::span<const Statement> statements,
                            std::size_t level) {
  stack_.clear();
  Frame& frame = stack_.emplace_back();
  frame.level = level + 1;
  frame.groups = PredicateGroups(order_.sorted(statements, frame.own), graph_.rdf_type());
  frame.is_cell = nesting_.is_list(subject);
  if (!statements.empty()) current_ = statements.front();
  out_.append('{');
  if (flat() || !nesting_.is_anonymous(subject)) {
    next();
    out_.append("\"@id\": ");
    if (!terms_.write_id(out_, subject)) return false;
  }
  while (stack_.size() > 1 || !stack_.back().groups.done()) {
    if (!step()) return false;
  }
  return true;
}

void JsonLdNodes::close_node(std::size_t level) {
  new_line(level);
  out_.append('}');
  stack_.clear();
}

void JsonLdNodes::open_graph() {
  next();
  out_.append("\"@graph\": [");
}

void JsonLdNodes::close_graph(std::size_t level) {
  new_line(level + 1);
  out_.append(']');
}

bool JsonLdNodes::step() {
  Frame& frame = stack_.back();
  switch (frame.kind) {
    case Kind::node:
      if (!frame.groups.done()) return write_group(frame.groups.next());
      break;
    case Kind::array:
      if (frame.objects.empty()) break;
      current_ = frame.objects.front();
      frame.objects = frame.objects.subspan(1);
      next();
      return write_value(current_.object, frame.level);
    case Kind::list: {
      if (nesting_.is_empty_list(frame.cell)) break;
      current_ = graph_.about(frame.cell)[0];
      frame.cell = nesting_.rest(frame.cell);
      next();
      return write_value(current_.object, frame.level);
    }
  }
  close();
  return true;
}

void JsonLdNodes::close() {
  const Frame& frame = stack_.back();
  new_line(frame.level - 1);
  out_.append(frame.kind == Kind::node ? '}' : ']');
  if (frame.kind == Kind::list) {
    new_line(frame.level - 2);
    out_.append('}');
  }
  stack_.pop_back();
}

bool JsonLdNodes::write_group(std::span<const Statement> group) {
  current_ = group.front();
  if (current_.predicate == graph_.rdf_type() && !options_.use_rdf_type) return write_types(group);
  return member(current_.predicate) && write_objects(group);
}

// Only resources can be an @type; they come first.
bool JsonLdNodes::write_types(std::span<const Statement> types) {
  std::size_t count = 0;
  while (count < types.size() && types[count].object.is_resource()) ++count;
  const std::span<const Statement> others = types.subspan(count);
  types = types.first(count);
  if (!types.empty()) {
    const bool bare = types.size() == 1 && !expanded();
    next();
    out_.append(bare ? "\"@type\": " : "\"@type\": [");
    for (const Statement& s : types) {
      current_ = s;
      if (&s != types.data()) out_.append(", ");
      if (!terms_.write_id(out_, s.object)) return false;
      if (is_nested(s.object) && !graph_.about(s.object).empty()) later_.push_back(s.object);
    }
    if (!bare) out_.append(']');
  }
  if (others.empty()) return true;
  current_ = others.front();
  return member(current_.predicate) && write_objects(others);
}

bool JsonLdNodes::write_objects(std::span<const Statement> objects) {
  const std::size_t level = stack_.back().level;
  if (objects.size() == 1 && !expanded()) return write_value(objects.front().object, level);
  if (try_inline(objects)) return true;
  Frame& frame = stack_.emplace_back();
  frame.kind = Kind::array;
  frame.level = level + 1;
  frame.objects = objects;
  out_.append('[');
  return true;
}

bool JsonLdNodes::write_value(TermId object, std::size_t level) {
  return is_bracketed(object) ? write_nested(object, level) : write_atom(object);
}

bool JsonLdNodes::write_atom(TermId term) {
  if (nesting_.is_empty_list(term)) {
    out_.append("{\"@list\": []}");
    return true;
  }
  if (term.is_literal()) return terms_.write_literal(out_, term);
  return is_compound(term) ? write_compound(term) : terms_.write_reference(out_, term);
}

bool JsonLdNodes::write_nested(TermId blank, std::size_t level) {
  if (stack_.size() >= kMaxDepth || graph_.about(blank).empty()) {
    if (!graph_.about(blank).empty()) later_.push_back(blank);
    return terms_.write_reference(out_, blank);
  }
  if (nesting_.is_list(blank) && try_inline_list(blank)) return true;
  Frame& frame = stack_.emplace_back();
  out_.append('{');
  if (nesting_.is_list(blank)) {
    frame.kind = Kind::list;
    frame.level = level + 2;
    frame.cell = blank;
    new_line(level + 1);
    out_.append("\"@list\": [");
    return true;
  }
  frame.level = level + 1;
  frame.groups = PredicateGroups(order_.sorted(graph_.about(blank), frame.own), graph_.rdf_type());
  return true;
}

// What follows writes on the current line if there is room, and takes all back otherwise. A term
// that JSON-LD cannot hold is met again, and refused, on a line of its own.

bool JsonLdNodes::try_inline(std::span<const Statement> objects) {
  const std::size_t start = out_.size();
  out_.append('[');
  for (const Statement& s : objects) {
    if (&s != objects.data()) out_.append(", ");
    if (is_bracketed(s.object) || !write_atom(s.object) || !fits()) {
      out_.truncate(start);
      return false;
    }
  }
  out_.append(']');
  return true;
}

bool JsonLdNodes::try_inline_list(TermId list) {
  const std::size_t start = out_.size();
  out_.append("{\"@list\": [");
  for (TermId cell = list; !nesting_.is_empty_list(cell); cell = nesting_.rest(cell)) {
    const TermId item = nesting_.first(cell);
    if (cell != list) out_.append(", ");
    if (is_bracketed(item) || !write_atom(item) || !fits()) {
      out_.truncate(start);
      return false;
    }
  }
  out_.append("]}");
  return true;
}

bool JsonLdNodes::is_compound(TermId term) const {
  if (options_.directions != JsonLdDirections::compound_literal || !nesting_.is_nested(term))
    return false;
  const std::span<const Statement> about = graph_.about(term);
  const auto has = [&](std::size_t i, std::string_view predicate) {
    return graph_.text(about[i].predicate) == predicate && about[i].object.is_literal();
  };
  if (about.size() == 2) return has(0, kDirection) && has(1, kValue);
  return about.size() == 3 && has(0, kDirection) && has(1, kLanguage) && has(2, kValue);
}

bool JsonLdNodes::write_compound(TermId blank) {
  const std::span<const Statement> about = graph_.about(blank);
  const std::string_view language =
      about.size() == 3 ? graph_.text(about[1].object) : std::string_view();
  return terms_.write_directed(out_, graph_.text(about.back().object), language,
                               graph_.text(about[0].object));
}

}  // namespace dossier
