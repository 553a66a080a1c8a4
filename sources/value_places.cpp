#include "sources/value_places.hpp"

#include <algorithm>
#include <vector>

#include "sources/json_path_eval.hpp"
#include "sources/json_tree.hpp"

namespace dossier {
namespace {

struct XmlSteps {
  std::vector<std::string_view> elements;
  std::string_view attribute;
};

std::optional<XmlSteps> steps_of(std::string_view reference) {
  XmlSteps out;
  while (!reference.empty()) {
    const std::size_t slash = std::min(reference.find('/'), reference.size());
    const std::string_view step = reference.substr(0, slash);
    const bool last = slash == reference.size();
    reference.remove_prefix(std::min(slash + 1, reference.size()));
    if (step == "." || (last && step == "text()")) continue;
    const bool plain = !step.empty() && step != ".." && step.find("::") == step.npos &&
                       step.find_first_of("[]()*'\"= ") == step.npos;
    if (!plain) return std::nullopt;
    if (step.front() == '@') {
      if (!last) return std::nullopt;
      out.attribute = step.substr(1);
    } else {
      out.elements.push_back(step);
    }
  }
  return out;
}

constexpr std::string_view kBlanks = " \t\r\n";

// A walk along the tags of one well-formed element. Nothing is checked again.
class XmlWalk {
 public:
  XmlWalk(std::string_view text, const XmlSteps& steps) : text_(text), steps_(steps) {}

  std::optional<std::size_t> find() {
    for (at_ = text_.find('<'); at_ < text_.size(); at_ = text_.find('<', at_)) {
      if (skip("<!--", "-->") || skip("<![CDATA[", "]]>") || skip("<?", "?>")) continue;
      if (text_.substr(at_).starts_with("</")) {
        if (matched_.size() <= 1) return std::nullopt;
        matched_.pop_back();
        ++at_;
        continue;
      }
      const std::size_t end = end_of_tag();
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view tag = text_.substr(at_, end - at_);
      if (enter(tag)) {
        if (const auto found = value(tag, end)) return found;
      }
      if (tag.ends_with('/')) matched_.pop_back();
      if (matched_.empty()) return std::nullopt;
      at_ = end;
    }
    return std::nullopt;
  }

 private:
  bool skip(std::string_view open, std::string_view close) {
    if (!text_.substr(at_).starts_with(open)) return false;
    const std::size_t end = text_.find(close, at_ + open.size());
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
    return true;
  }

  // Of the '>' of the tag at at_; those in attribute values do not count.
  std::size_t end_of_tag() const {
    char quote = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i;
      }
    }
    return std::string_view::npos;
  }

  // Whether the element is where the steps lead.
  bool enter(std::string_view tag) {
    const std::size_t end = std::min(tag.find_first_of(" \t\r\n/", 1), tag.size());
    const std::string_view name = tag.substr(1, end - 1);
    const std::size_t depth = matched_.size();  // 0: the record itself
    const bool on_the_way = depth == 0 || (matched_.back() && depth <= steps_.elements.size() &&
                                           steps_.elements[depth - 1] == name);
    matched_.push_back(on_the_way);
    return on_the_way && depth == steps_.elements.size();
  }

  std::optional<std::size_t> value(std::string_view tag, std::size_t end) const {
    if (!steps_.attribute.empty()) return attribute(tag);
    if (tag.ends_with('/')) return at_;
    const std::size_t text = text_.find_first_not_of(kBlanks, end + 1);
    if (text == std::string_view::npos) return at_;
    constexpr std::string_view kData = "<![CDATA[";
    return text_.substr(text).starts_with(kData) ? text + kData.size() : text;
  }

  std::optional<std::size_t> attribute(std::string_view tag) const {
    std::size_t i = tag.find_first_of(kBlanks);
    while (i < tag.size()) {
      i = tag.find_first_not_of(kBlanks, i);
      if (i == std::string_view::npos) break;
      const std::size_t equals = tag.find('=', i);
      const std::size_t quote = tag.find_first_of("\"'", i);
      if (equals == std::string_view::npos || quote == std::string_view::npos) break;
      const std::string_view name = tag.substr(i, tag.find_first_of(" \t\r\n=", i) - i);
      if (name == steps_.attribute) return at_ + quote + 1;
      i = tag.find(tag[quote], quote + 1);
      if (i != std::string_view::npos) ++i;
    }
    return std::nullopt;
  }

  std::string_view text_;
  const XmlSteps& steps_;
  std::size_t at_ = 0;
  std::vector<bool> matched_;  // of the open elements
};

}  // namespace

std::optional<std::size_t> find_json_value(std::string_view text, std::string_view reference,
                                           const Limits& limits) {
  const auto path = parse_json_reference(reference);
  if (!path) return std::nullopt;
  JsonTree tree;
  Arena arena;
  if (!tree.parse(text, arena, limits)) return std::nullopt;
  std::vector<std::uint32_t> found;
  JsonPathEvaluator(tree).select(*path, JsonTree::kRoot, found);
  if (found.empty()) return std::nullopt;
  return tree.at(found.front()).begin;
}

std::optional<std::size_t> find_xml_value(std::string_view text, std::string_view reference) {
  const std::optional<XmlSteps> steps = steps_of(reference);
  if (!steps) return std::nullopt;
  return XmlWalk(text, *steps).find();
}

}  // namespace dossier
