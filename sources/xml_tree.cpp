#include "sources/xml_tree.hpp"

#include <cstring>
#include <string_view>
#include <vector>

namespace dossier {
namespace {

constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kUnwritable = "?";  // a prefix for names that no XPath shall find

// The bindings that are in scope, innermost last. Views are of the tree's own declarations, which
// are removed only when the walk has left their element.
struct Binding {
  std::string prefix;
  std::string space;
  std::size_t depth;
};

class NamespaceWalk {
 public:
  explicit NamespaceWalk(const std::map<std::string, std::string>& prefixes) {
    for (const auto& [prefix, space] : prefixes) {
      by_space_.emplace(space, prefix);
      declared_.emplace(prefix, space);
    }
    bindings_.push_back({"xml", std::string(kXmlNamespace), 0});
    by_space_.emplace(kXmlNamespace, "xml");
  }

  void run(pugi::xml_document& document) {
    pugi::xml_node node = document.first_child();
    std::size_t depth = 1;
    while (node) {
      if (node.type() == pugi::node_element) element(node, depth);
      if (node.first_child()) {
        node = node.first_child();
        ++depth;
        continue;
      }
      while (node && node != document && !node.next_sibling()) {
        node = node.parent();
        --depth;
      }
      if (!node || node == document) break;
      node = node.next_sibling();
    }
  }

 private:
  void element(pugi::xml_node node, std::size_t depth) {
    while (bindings_.back().depth >= depth) bindings_.pop_back();
    for (pugi::xml_attribute attribute = node.first_attribute(); attribute;) {
      const pugi::xml_attribute next = attribute.next_attribute();
      const std::string_view name = attribute.name();
      if (name == "xmlns" || name.starts_with("xmlns:")) {
        bindings_.push_back(
            {std::string(name.substr(name == "xmlns" ? 5 : 6)), attribute.value(), depth});
        node.remove_attribute(attribute);
      }
      attribute = next;
    }
    rename(node, true);
    for (pugi::xml_attribute attribute : node.attributes()) rename(attribute, false);
  }

  // Names without a prefix are in the default namespace, but not those of attributes.
  template <class Named>
  void rename(Named named, bool has_default) {
    const std::string_view name = named.name();
    const std::size_t colon = name.find(':');
    const std::string_view prefix =
        colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
    if (prefix.empty() && !has_default) return;
    const std::string_view space = space_of(prefix);
    if (space.empty()) return;
    const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
    const auto wanted = by_space_.find(space);
    std::string_view new_prefix = wanted != by_space_.end() ? wanted->second : prefix;
    const bool free = !prefix.empty() && !declared_.contains(prefix);
    if (wanted == by_space_.end() && !free) new_prefix = kUnwritable;
    if (new_prefix == prefix) return;
    std::string renamed(new_prefix);
    if (!renamed.empty()) renamed += ':';
    renamed += local;
    named.set_name(renamed.c_str());
  }

  std::string_view space_of(std::string_view prefix) const {
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
      if (binding->prefix == prefix) return binding->space;
    }
    return {};
  }

  std::map<std::string, std::string, std::less<>> by_space_;  // namespace -> prefix of the mapping
  std::map<std::string, std::string, std::less<>> declared_;  // prefix of the mapping -> namespace
  std::vector<Binding> bindings_;
};

bool is_text(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

}  // namespace

void settle_namespaces(pugi::xml_document& document,
                       const std::map<std::string, std::string>& prefixes) {
  NamespaceWalk(prefixes).run(document);
}

void join_texts(pugi::xml_document& document) {
  struct Walker : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
      if (!is_text(node) || !is_text(node.next_sibling())) return true;
      std::string joined = node.value();
      while (is_text(node.next_sibling())) {
        joined += node.next_sibling().value();
        node.parent().remove_child(node.next_sibling());
      }
      node.set_value(joined.c_str());
      return true;
    }
  } walker;
  document.traverse(walker);
}

}  // namespace dossier
