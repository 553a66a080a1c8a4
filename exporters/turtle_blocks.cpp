#include "exporters/turtle_blocks.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dossier {
namespace {

constexpr std::string_view kClosing[] = {"", "]", "|}", ")"};  // by kind of frame

}  // namespace

bool TurtleBlocks::write(TermId subject, std::span<const Statement> statements, unsigned level) {
  line_start_ = out_.size();
  out_.fill(level * kIndent, ' ');
  current_ = statements.front();
  if (nesting_.is_anonymous(subject)) {
    out_.append("[]");
  } else if (!terms_.write_resource(out_, subject)) {
    return false;
  }
  stack_.clear();
  Frame& frame = stack_.emplace_back();
  frame.level = level + 1;
  frame.groups = PredicateGroups(sorted(statements, frame.own), graph_.rdf_type());
  while (!stack_.empty()) {
    if (!step()) return false;
  }
  out_.append(" .\n");
  return true;
}

void TurtleBlocks::new_line(unsigned level) {
  out_.append('\n');
  line_start_ = out_.size();
  out_.fill(std::min(level, kMaxIndent) * kIndent, ' ');
}

// Works on the innermost frame until it is done or another one is opened.
bool TurtleBlocks::step() {
  const std::size_t depth = stack_.size();
  if (stack_.back().kind == Kind::list) return step_list();
  while (stack_.size() == depth) {
    Frame& frame = stack_.back();
    if (!frame.reifiers.empty()) {
      if (!step_reifier()) return false;
    } else if (!frame.objects.empty()) {
      if (!step_objects()) return false;
    } else if (frame.groups.done()) {
      close();
      return true;
    } else if (!write_group(frame.groups.next())) {
      return false;
    }
  }
  return true;
}

// A predicate and its objects, as far as they do not open a frame.
bool TurtleBlocks::write_group(std::span<const Statement> group) {
  Frame& frame = stack_.back();
  current_ = group.front();
  if (frame.kind == Kind::subject) lookahead_.at(group.data());
  if (frame.begun) out_.append(" ;");
  if (frame.begun || frame.kind != Kind::subject) {
    new_line(frame.level);
  } else {
    out_.append(' ');
  }
  frame.begun = true;
  if (!terms_.write_verb(out_, current_.predicate)) return false;
  if (group.size() == 1) return write_annotated(current_, frame.level);
  if (!is_annotated(group) && try_inline(group)) return true;
  out_.truncate(out_.size() - 1);  // the blank behind the verb
  frame.objects = group;
  return true;
}

bool TurtleBlocks::step_objects() {
  Frame& frame = stack_.back();
  current_ = frame.objects.front();
  frame.objects = frame.objects.subspan(1);
  if (frame.objects_begun) out_.append(',');
  frame.objects_begun = !frame.objects.empty();
  const unsigned level = frame.level + 1;
  new_line(level);
  return write_annotated(current_, level);
}

bool TurtleBlocks::write_annotated(const Statement& statement, unsigned level) {
  if (!annotations_.empty()) {
    Frame& frame = stack_.back();
    frame.reifiers = annotations_.of(statement);
    frame.reified = false;
    frame.object_level = level;
  }
  return write_object(statement.object, level);
}

// [33] annotation. A block belongs to the name before it, so every reifier but a first one that is
// a block begins with a tilde.
bool TurtleBlocks::step_reifier() {
  Frame& frame = stack_.back();
  const TermId reifier = frame.reifiers.front().reifier;
  frame.reifiers = frame.reifiers.subspan(1);
  const bool first = !frame.reified;
  frame.reified = true;
  std::vector<Statement> own;
  const bool block = annotations_.is_block(reifier);
  const bool empty = !block || sorted(graph_.about(reifier), own).empty();
  if (!first || !block || empty) out_.append(" ~");
  if (!block) {
    out_.append(' ');
    return terms_.write_resource(out_, reifier);
  }
  if (empty) return true;
  const std::size_t start = out_.size();
  out_.append(" {|");
  if (inline_properties(reifier)) {
    out_.append(" |}");
    if (fits()) return true;
  }
  out_.truncate(start);
  out_.append(" {|");
  const unsigned level = frame.object_level + 1;
  Frame& inner = stack_.emplace_back();
  inner.kind = Kind::annotation;
  inner.level = level;
  inner.groups = PredicateGroups(sorted(graph_.about(reifier), inner.own), graph_.rdf_type());
  return true;
}

bool TurtleBlocks::step_list() {
  const std::size_t depth = stack_.size();
  while (stack_.size() == depth) {
    Frame& frame = stack_.back();
    if (nesting_.is_empty_list(frame.cell)) {
      close();
      return true;
    }
    const TermId item = nesting_.first(frame.cell);
    current_ = graph_.about(frame.cell)[0];
    frame.cell = nesting_.rest(frame.cell);
    const unsigned level = frame.level;
    new_line(level);
    if (!write_object(item, level)) return false;
  }
  return true;
}

// Here if it fits, else by a frame of its own; the line it stands on is indented by `level`.
bool TurtleBlocks::write_object(TermId object, unsigned level) {
  if (!is_bracketed(object)) return write_atom(object);
  if (!try_inline(object)) open(object, level + 1);
  return true;
}

void TurtleBlocks::open(TermId blank, unsigned level) {
  Frame& frame = stack_.emplace_back();
  frame.level = level;
  if (nesting_.is_list(blank)) {
    frame.kind = Kind::list;
    frame.cell = blank;
    out_.append('(');
    return;
  }
  frame.kind = Kind::property_list;
  frame.groups = PredicateGroups(sorted(graph_.about(blank), frame.own), graph_.rdf_type());
  out_.append('[');
}

void TurtleBlocks::close() {
  const Frame& frame = stack_.back();
  if (frame.kind != Kind::subject) {
    new_line(frame.level - 1);
    out_.append(kClosing[static_cast<std::size_t>(frame.kind)]);
  }
  stack_.pop_back();
}

bool TurtleBlocks::write_atom(TermId term) {
  const std::size_t start = out_.size();
  const Written written = terms_.write_term(out_, term);
  if (written == Written::several_lines)
    line_start_ = start + out_.text().substr(start).rfind('\n') + 1;
  return written != Written::refused;
}

// What follows writes on the current line as long as there is room, and takes all back otherwise.

bool TurtleBlocks::try_inline(TermId object) {
  const std::size_t start = out_.size();
  if (inline_term(object)) return true;
  out_.truncate(start);
  return false;
}

bool TurtleBlocks::try_inline(std::span<const Statement> objects) {
  const std::size_t start = out_.size();
  if (inline_objects(objects)) return true;
  out_.truncate(start);
  return false;
}

bool TurtleBlocks::inline_objects(std::span<const Statement> objects) {
  bool begun = false;
  for (const Statement& s : objects) {
    if (begun) out_.append(", ");
    begun = true;
    if (!inline_term(s.object)) return false;
  }
  return true;
}

// A bracket is opened only where there is room, so the depth is less than kLineWidth.
bool TurtleBlocks::inline_term(TermId term) {
  if (!fits()) return false;
  if (nesting_.is_empty_list(term)) {
    out_.append("()");
  } else if (nesting_.is_list(term)) {
    return inline_list(term);
  } else if (nesting_.is_nested(term)) {
    return inline_property_list(term);
  } else {
    // A term that Turtle cannot hold is met again, and refused, on a line of its own.
    if (term.is_literal() && graph_.text(term).size() > kLineWidth) return false;
    if (terms_.write_term(out_, term) != Written::one_line) return false;
  }
  return fits();
}

bool TurtleBlocks::inline_list(TermId cell) {
  out_.append('(');
  for (; !nesting_.is_empty_list(cell); cell = nesting_.rest(cell)) {
    out_.append(' ');
    if (!inline_term(nesting_.first(cell))) return false;
  }
  out_.append(" )");
  return fits();
}

bool TurtleBlocks::inline_property_list(TermId blank) {
  out_.append('[');
  if (!inline_properties(blank)) return false;
  out_.append(graph_.about(blank).empty() ? "]" : " ]");
  return fits();
}

bool TurtleBlocks::inline_properties(TermId blank) {
  std::vector<Statement> scratch;
  PredicateGroups groups(sorted(graph_.about(blank), scratch), graph_.rdf_type());
  for (bool begun = false; !groups.done(); begun = true) {
    out_.append(begun ? " ; " : " ");
    const std::span<const Statement> group = groups.next();
    if (!terms_.write_verb(out_, group.front().predicate) || !inline_objects(group)) return false;
  }
  return true;
}

std::span<const Statement> TurtleBlocks::sorted(std::span<const Statement> statements,
                                                std::vector<Statement>& scratch) const {
  const auto absorbed = [this](const Statement& s) { return annotations_.is_absorbed(s); };
  if (annotations_.empty() || std::ranges::none_of(statements, absorbed))
    return order_.sorted(statements, scratch);
  std::vector<Statement> left;
  std::ranges::remove_copy_if(statements, std::back_inserter(left), absorbed);
  const std::span<const Statement> in_order = order_.sorted(left, scratch);
  if (in_order.data() == left.data()) scratch = std::move(left);
  return scratch;
}

bool TurtleBlocks::is_annotated(std::span<const Statement> statements) const {
  return !annotations_.empty() && std::ranges::any_of(statements, [this](const Statement& s) {
    return !annotations_.of(s).empty();
  });
}

}  // namespace dossier
