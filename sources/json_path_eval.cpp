#include "sources/json_path_eval.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/utf8.hpp"

namespace dossier {

// What a comparison compares: nothing, a primitive, or a container of the tree.
struct JsonPathEvaluator::Operand {
  enum class Kind : std::uint8_t { nothing, null, boolean, number, string, container };
  Kind kind = Kind::nothing;
  bool boolean = false;
  double number = 0;
  std::string_view string;
  std::uint32_t node = 0;
};

void JsonPathEvaluator::select(const JsonPath& path, std::uint32_t root, Nodes& out) {
  run(path, root, root, out);
}

void JsonPathEvaluator::run(const JsonPath& path, std::uint32_t start, std::uint32_t root,
                            Nodes& out) {
  out.assign(1, start);
  Nodes next;
  for (const JsonSegment& segment : path.segments) {
    next.clear();
    for (const std::uint32_t node : out) apply(segment, node, root, next);
    out.swap(next);
    if (out.empty()) return;
  }
}

void JsonPathEvaluator::apply(const JsonSegment& segment, std::uint32_t node, std::uint32_t root,
                              Nodes& out) {
  if (!segment.descendant) {
    for (const JsonSelector& selector : segment.selectors) {
      select_children(selector, node, root, out);
    }
    return;
  }
  // Before its descendants comes the node itself; children in the order of the document.
  Nodes stack = {node};
  while (!stack.empty()) {
    const std::uint32_t top = stack.back();
    stack.pop_back();
    for (const JsonSelector& selector : segment.selectors) {
      select_children(selector, top, root, out);
    }
    const std::size_t below = stack.size();
    for (std::uint32_t child = tree_.at(top).first; child != 0; child = tree_.at(child).next) {
      if (tree_.at(child).is_container()) stack.push_back(child);
    }
    std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(below), stack.end());
  }
}

void JsonPathEvaluator::select_children(const JsonSelector& selector, std::uint32_t node,
                                        std::uint32_t root, Nodes& out) {
  const JsonNode& parent = tree_.at(node);
  switch (selector.kind) {
    case JsonSelector::Kind::name:
      if (parent.kind == JsonNode::Kind::object) {
        if (const std::uint32_t found = tree_.find(node, selector.name)) out.push_back(found);
      }
      break;
    case JsonSelector::Kind::wildcard:
      for (std::uint32_t child = parent.first; child != 0; child = tree_.at(child).next) {
        out.push_back(child);
      }
      break;
    case JsonSelector::Kind::filter:
      for (std::uint32_t child = parent.first; child != 0; child = tree_.at(child).next) {
        if (holds(*selector.filter, child, root)) out.push_back(child);
      }
      break;
    case JsonSelector::Kind::index: {
      if (parent.kind != JsonNode::Kind::array) break;
      const std::int64_t index =
          selector.index < 0 ? selector.index + parent.count : selector.index;
      if (index < 0 || index >= parent.count) break;
      std::uint32_t child = parent.first;
      for (std::int64_t i = 0; i < index; ++i) child = tree_.at(child).next;
      out.push_back(child);
      break;
    }
    case JsonSelector::Kind::slice:
      if (parent.kind == JsonNode::Kind::array) slice(selector, node, out);
      break;
  }
}

// RFC 9535, section 2.3.4.2.2
void JsonPathEvaluator::slice(const JsonSelector& selector, std::uint32_t array, Nodes& out) {
  const std::int64_t size = tree_.at(array).count;
  const std::int64_t step = selector.step;
  if (step == 0) return;
  const auto normal = [size](std::int64_t i) { return i >= 0 ? i : size + i; };
  const std::int64_t start = normal(selector.start.value_or(step > 0 ? 0 : size - 1));
  const std::int64_t end = selector.end ? normal(*selector.end) : (step > 0 ? size : -1);
  Nodes children;
  for (std::uint32_t child = tree_.at(array).first; child != 0; child = tree_.at(child).next) {
    children.push_back(child);
  }
  if (step > 0) {
    const std::int64_t upper = std::clamp<std::int64_t>(end, 0, size);
    for (std::int64_t i = std::clamp<std::int64_t>(start, 0, size); i < upper; i += step) {
      out.push_back(children[static_cast<std::size_t>(i)]);
    }
  } else {
    const std::int64_t lower = std::clamp<std::int64_t>(end, -1, size - 1);
    for (std::int64_t i = std::clamp<std::int64_t>(start, -1, size - 1); i > lower; i += step) {
      out.push_back(children[static_cast<std::size_t>(i)]);
    }
  }
}

bool JsonPathEvaluator::holds(const JsonFilter& filter, std::uint32_t node, std::uint32_t root) {
  switch (filter.op) {
    case JsonFilter::Op::any_of:
      return std::ranges::any_of(filter.children,
                                 [&](const JsonFilter& f) { return holds(f, node, root); });
    case JsonFilter::Op::all_of:
      return std::ranges::all_of(filter.children,
                                 [&](const JsonFilter& f) { return holds(f, node, root); });
    case JsonFilter::Op::negation:
      return !holds(filter.children[0], node, root);
    case JsonFilter::Op::exists: {
      Nodes found;
      run(filter.query, filter.query.relative ? node : root, root, found);
      return !found.empty();
    }
    case JsonFilter::Op::equal:
    case JsonFilter::Op::not_equal:
    case JsonFilter::Op::less:
    case JsonFilter::Op::less_or_equal:
    case JsonFilter::Op::greater:
    case JsonFilter::Op::greater_or_equal:
      return compare(filter, node, root);
    case JsonFilter::Op::literal:
    case JsonFilter::Op::query:
    case JsonFilter::Op::length:
    case JsonFilter::Op::count:
    case JsonFilter::Op::value:
      return false;  // operands: the parser lets none stand alone
  }
  return false;
}

bool JsonPathEvaluator::compare(const JsonFilter& filter, std::uint32_t node, std::uint32_t root) {
  const Operand a = operand(filter.children[0], node, root);
  const Operand b = operand(filter.children[1], node, root);
  const auto less = [](const Operand& left, const Operand& right) {
    if (left.kind != right.kind) return false;
    if (left.kind == Operand::Kind::number) return left.number < right.number;
    // UTF-8 sorts as code points do.
    return left.kind == Operand::Kind::string && left.string < right.string;
  };
  switch (filter.op) {
    case JsonFilter::Op::equal:
      return equal(a, b);
    case JsonFilter::Op::not_equal:
      return !equal(a, b);
    case JsonFilter::Op::less:
      return less(a, b);
    case JsonFilter::Op::less_or_equal:
      return less(a, b) || equal(a, b);
    case JsonFilter::Op::greater:
      return less(b, a);
    default:
      return less(b, a) || equal(a, b);
  }
}

JsonPathEvaluator::Operand JsonPathEvaluator::operand(const JsonFilter& filter, std::uint32_t node,
                                                      std::uint32_t root) {
  using Kind = Operand::Kind;
  Operand out;
  if (filter.op == JsonFilter::Op::literal) {
    constexpr Kind kKinds[] = {Kind::null, Kind::boolean, Kind::number, Kind::string};
    out.kind = kKinds[static_cast<std::size_t>(filter.literal)];
    out.boolean = filter.boolean;
    out.number = filter.number;
    out.string = filter.string;
    return out;
  }
  if (filter.op == JsonFilter::Op::length) return length(operand(filter.children[0], node, root));
  Nodes found;
  run(filter.query, filter.query.relative ? node : root, root, found);
  if (filter.op == JsonFilter::Op::count) {
    out.kind = Kind::number;
    out.number = static_cast<double>(found.size());
    return out;
  }
  return found.size() == 1 ? of_node(found[0]) : out;
}

JsonPathEvaluator::Operand JsonPathEvaluator::of_node(std::uint32_t node) const {
  using Kind = Operand::Kind;
  const JsonNode& found = tree_.at(node);
  Operand out;
  out.node = node;
  switch (found.kind) {
    case JsonNode::Kind::null:
      out.kind = Kind::null;
      break;
    case JsonNode::Kind::boolean:
      out.kind = Kind::boolean;
      out.boolean = found.text() == "true";
      break;
    case JsonNode::Kind::number:
      out.kind = Kind::number;
      out.number = json_number(found.text());
      break;
    case JsonNode::Kind::string:
      out.kind = Kind::string;
      out.string = found.text();
      break;
    case JsonNode::Kind::array:
    case JsonNode::Kind::object:
      out.kind = Kind::container;
      break;
  }
  return out;
}

// RFC 9535, section 2.4.4
JsonPathEvaluator::Operand JsonPathEvaluator::length(const Operand& value) const {
  Operand out;
  if (value.kind == Operand::Kind::string) {
    out.kind = Operand::Kind::number;
    out.number = static_cast<double>(count_code_points(value.string));
  } else if (value.kind == Operand::Kind::container) {
    out.kind = Operand::Kind::number;
    out.number = tree_.at(value.node).count;
  }
  return out;
}

bool JsonPathEvaluator::equal(const Operand& a, const Operand& b) const {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Operand::Kind::nothing:
    case Operand::Kind::null:
      return true;
    case Operand::Kind::boolean:
      return a.boolean == b.boolean;
    case Operand::Kind::number:
      return a.number == b.number;
    case Operand::Kind::string:
      return a.string == b.string;
    case Operand::Kind::container:
      return equal_trees(a.node, b.node);
  }
  return false;
}

// Containers are walked side by side with a stack of pairs.
bool JsonPathEvaluator::equal_trees(std::uint32_t a, std::uint32_t b) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs = {{a, b}};
  while (!pairs.empty()) {
    const auto [left_index, right_index] = pairs.back();
    pairs.pop_back();
    const JsonNode& left = tree_.at(left_index);
    const JsonNode& right = tree_.at(right_index);
    if (left.kind != right.kind) return false;
    if (!left.is_container()) {
      if (!equal(of_node(left_index), of_node(right_index))) return false;
      continue;
    }
    if (left.count != right.count) return false;
    std::uint32_t other = right.first;
    for (std::uint32_t child = left.first; child != 0; child = tree_.at(child).next) {
      if (left.kind == JsonNode::Kind::object)
        other = tree_.find(right_index, tree_.at(child).key());
      if (other == 0) return false;
      pairs.emplace_back(child, other);
      other = tree_.at(other).next;
    }
  }
  return true;
}

double json_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  // from_chars does not say on which side.
  const std::size_t exponent = text.find_first_of("eE");
  const bool small =
      exponent != std::string_view::npos && exponent + 1 < text.size() && text[exponent + 1] == '-';
  if (small) return 0;
  return text.starts_with('-') ? -std::numeric_limits<double>::infinity()
                               : std::numeric_limits<double>::infinity();
}

}  // namespace dossier
