#include "sources/xml_block.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "sources/record_window.hpp"
#include "sources/xml_splitter.hpp"
#include "sources/xml_tree.hpp"

namespace dossier {

struct XmlQuery::Compiled {
  pugi::xpath_query query;
};

XmlQuery::XmlQuery(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
XmlQuery::XmlQuery(XmlQuery&&) noexcept = default;
XmlQuery& XmlQuery::operator=(XmlQuery&&) noexcept = default;
XmlQuery::~XmlQuery() = default;

Expected<XmlQuery> XmlQuery::compile(const std::string& xpath, std::string_view what,
                                     const std::string& source, const Limits& limits) {
  const auto too_deep = [&] {
    return fail(code::limit_exceeded, {source},
                fmt::format("the {} {} nests deeper than {} (max-expression-depth)", what,
                            printable(xpath, 60), with_separators(limits.max_expression_depth)));
  };
  // pugixml recurses, with a guard of its own that knows fewer levels.
  if (xpath_depth(xpath) > limits.max_expression_depth) return too_deep();
  try {
    auto compiled = std::make_unique<Compiled>(Compiled{pugi::xpath_query(xpath.c_str())});
    return XmlQuery(std::move(compiled));
  } catch (const pugi::xpath_exception& exception) {
    const std::string_view message = exception.what();
    if (message.starts_with("Exceeded maximum")) return too_deep();
    return fail(
        code::xml_path_syntax, {source},
        fmt::format("the {} {} is not an XPath: {}, at character {}", what, printable(xpath, 200),
                    to_lower_ascii(message.substr(0, 1)) + std::string(message.substr(1)),
                    exception.result().offset + 1));
  }
}

namespace {

using Last = SimpleXmlReference::Last;

class XmlBlockParser {
 public:
  XmlBlockParser(const XmlPlan& plan, RecordBatch& out)
      : plan_(plan), out_(out), bytes_(out.block.bytes) {}

  Expected<RecordCounts> run() {
    if (plan_.streamed_depth > 0) out_.offsets = out_.block.record_offsets;
    if (bytes_.empty()) return RecordCounts{};
    const std::string_view text(bytes_.data(), bytes_.size());
    const bool has_namespaces = text.find("xmlns") != std::string_view::npos;
    const bool has_sections = text.find("<![CDATA[") != std::string_view::npos ||
                              text.find("<!--") != std::string_view::npos ||
                              text.find("<?", 1) != std::string_view::npos;
    // The markup of a record has gone through the rules for line ends once.
    unsigned how = pugi::parse_default | pugi::parse_ws_pcdata;
    if (plan_.is_record) how &= ~(pugi::parse_eol | pugi::parse_wconv_attribute);
    const pugi::xml_parse_result read =
        document_.load_buffer_inplace(bytes_.data(), bytes_.size(), how, pugi::encoding_utf8);
    if (!read) {
      return fail(code::xml_syntax, {plan_.name},
                  fmt::format("{} at byte {}", read.description(),
                              out_.block.offset + static_cast<std::uint64_t>(read.offset)));
    }
    if (plan_.streamed_depth == 0) remember_offsets(has_namespaces);
    if (has_sections) join_texts(document_);
    if (has_namespaces && !plan_.is_record) settle_namespaces(document_, plan_.options.namespaces);
    if (plan_.streamed_depth > 0) {
      streamed(document_, 1);
    } else {
      selected();
    }
    return RecordCounts{out_.size(), 0};
  }

 private:
  // The records are the elements at the depth of the iterator. Recursion: as deep as the iterator
  // has steps.
  void streamed(pugi::xml_node parent, std::size_t depth) {
    for (pugi::xml_node node : parent.children()) {
      if (node.type() != pugi::node_element) continue;
      if (depth == plan_.streamed_depth) {
        record(node);
      } else {
        streamed(node, depth + 1);
      }
    }
  }

  void selected() {
    const pugi::xml_node from = plan_.is_record ? document_.document_element() : document_;
    const pugi::xpath_node_set nodes = plan_.iterator->compiled().query.evaluate_node_set(from);
    pugi::xpath_node_set ordered = nodes;
    ordered.sort();
    for (const pugi::xpath_node& found : ordered) {
      const pugi::xml_node node = found.node() ? found.node() : found.parent();
      out_.offsets.push_back(out_.block.offset + offset_of(node));
      record(found);
    }
  }

  // Renaming takes the places of elements away, and a document that was written anew has others
  // than its source, so they are noted before.
  void remember_offsets(bool renamed) {
    if (!renamed && out_.block.record_offsets.empty()) return;
    struct Walker : pugi::xml_tree_walker {
      XmlBlockParser* parser = nullptr;
      std::size_t seen = 0;
      bool for_each(pugi::xml_node& node) override {
        if (node.type() != pugi::node_element) return true;
        const RecordBlock& block = parser->out_.block;
        const std::uint64_t at = seen < block.record_offsets.size()
                                     ? block.record_offsets[seen] - block.offset
                                     : offset_in_text(node);
        parser->offsets_.emplace_back(node.hash_value(), at);
        ++seen;
        return true;
      }
    } walker;
    walker.parser = this;
    document_.traverse(walker);
    std::ranges::sort(offsets_);
  }

  // pugixml tells the place of the name.
  static std::uint64_t offset_in_text(pugi::xml_node node) {
    return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 1) - 1);
  }

  // Of the element's `<`, in the block.
  std::uint64_t offset_of(pugi::xml_node node) const {
    const std::size_t hash = node.hash_value();
    const auto found = std::ranges::lower_bound(offsets_, std::pair(hash, std::uint64_t{0}));
    if (found != offsets_.end() && found->first == hash) return found->second;
    return offset_in_text(node);
  }

  void record(const pugi::xpath_node& node) {
    const std::size_t row = out_.values.size();
    out_.values.resize(row + out_.slots);
    for (std::size_t slot = 0; slot < plan_.references.size(); ++slot) {
      items_.clear();
      const XmlPlan::Reference& reference = plan_.references[slot];
      if (reference.markup) {
        add_markup(node.node());
      } else if (reference.simple && node.node()) {
        simple(*reference.simple, node.node());
      } else {
        query(reference.query->compiled().query, node);
      }
      if (items_.size() == 1) {
        out_.values[row + slot] = items_[0];
      } else if (items_.size() > 1) {
        out_.values[row + slot] = list();
      }
    }
  }

  void simple(const SimpleXmlReference& reference, pugi::xml_node node) {
    for (std::size_t i = 0; i < reference.up; ++i) node = node.parent();
    walk(reference, node, 0);
  }

  // Recursion: as deep as the reference has steps.
  void walk(const SimpleXmlReference& reference, pugi::xml_node node, std::size_t step) {
    if (step < reference.steps.size()) {
      for (pugi::xml_node child : node.children(reference.steps[step].c_str())) {
        walk(reference, child, step + 1);
      }
      return;
    }
    if (reference.last == Last::attribute) {
      const pugi::xml_attribute attribute = node.attribute(reference.attribute.c_str());
      if (attribute) add(attribute.value());
    } else if (reference.last == Last::element) {
      add(string_value(node));
    } else {
      for (pugi::xml_node child : node.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
          add(child.value());
        }
      }
    }
  }

  void query(const pugi::xpath_query& query, const pugi::xpath_node& node) {
    if (query.return_type() != pugi::xpath_type_node_set) {
      add(query.evaluate_string(node));
      return;
    }
    pugi::xpath_node_set nodes = query.evaluate_node_set(node);
    nodes.sort();
    for (const pugi::xpath_node& found : nodes) {
      if (found.attribute()) {
        add(found.attribute().value());
      } else if (found.node().type() == pugi::node_element) {
        add(string_value(found.node()));
      } else {
        add(found.node().value());
      }
    }
  }

  // All text below, joined. Mostly there is one text, which needs no copy.
  std::string_view string_value(pugi::xml_node node) {
    const pugi::xml_node first = node.first_child();
    if (!first) return {};
    if (!first.next_sibling() && first.type() == pugi::node_pcdata) return first.value();
    joined_.clear();
    struct Walker : pugi::xml_tree_walker {
      std::string* out = nullptr;
      bool for_each(pugi::xml_node& below) override {
        if (below.type() == pugi::node_pcdata || below.type() == pugi::node_cdata) {
          *out += below.value();
        }
        return true;
      }
    } walker;
    walker.out = &joined_;
    node.traverse(walker);
    return joined_;
  }

  // Keeps what lies in the block, and copies what pugixml or this parser made.
  void add(std::string_view text) {
    if (text.empty() ? plan_.options.empty_is_null : is_null(text)) return;
    const bool in_block = !bytes_.empty() && text.data() >= bytes_.data() &&
                          text.data() < bytes_.data() + bytes_.size();
    items_.push_back(
        Value::of(in_block ? text : std::string_view(out_.arena.copy(text), text.size())));
  }

  // The element as XML, with the names that this tree has: XmlItems reads it again.
  void add_markup(pugi::xml_node node) {
    if (!node) return;
    struct Writer : pugi::xml_writer {
      std::string* out = nullptr;
      void write(const void* data, std::size_t size) override {
        out->append(static_cast<const char*>(data), size);
      }
    } writer;
    joined_.clear();
    writer.out = &joined_;
    node.print(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    add(joined_);
  }

  bool is_null(std::string_view text) const {
    return std::ranges::find(plan_.options.nulls, text) != plan_.options.nulls.end();
  }

  Value list() {
    char* const bytes = out_.arena.allocate_aligned(items_.size() * sizeof(Value));
    std::memcpy(bytes, items_.data(), items_.size() * sizeof(Value));
    Value out;
    out.items = reinterpret_cast<const Value*>(bytes);
    out.size = static_cast<std::uint32_t>(items_.size());
    out.type = ValueType::list;
    return out;
  }

  const XmlPlan& plan_;
  RecordBatch& out_;
  std::vector<char>& bytes_;
  pugi::xml_document document_;
  std::vector<std::pair<std::size_t, std::uint64_t>> offsets_;  // hash of an element -> offset
  std::vector<Value> items_;
  std::string joined_;
};

}  // namespace

Expected<XmlPlan::Reference> xml_reference(const std::string& text, const std::string& source,
                                           const Limits& limits) {
  XmlPlan::Reference out;
  out.markup = text == kXmlMarkup;
  if (out.markup) return out;
  out.simple = simple_xml_reference(text);
  auto query = XmlQuery::compile(text, "reference", source, limits);
  if (!query) return std::unexpected(std::move(query.error()));
  out.query = std::move(*query);
  return out;
}

Expected<RecordCounts> parse_xml_block(const XmlPlan& plan, RecordBlock block, RecordBatch& out,
                                       DiagnosticSink& diagnostics) {
  out.slots = plan.references.size();
  out.values.clear();
  out.offsets.clear();
  out.arena = Arena();
  out.block = std::move(block);
  for (Diagnostic& notice : out.block.notices) diagnostics.report(std::move(notice));
  out.block.notices.clear();
  try {
    return XmlBlockParser(plan, out).run();
  } catch (const pugi::xpath_exception& exception) {
    return fail(code::xml_path_syntax, {plan.name}, exception.what());
  }
}

// ---- items

Expected<XmlItems> XmlItems::compile(const std::string& iterator, const std::string& source,
                                     XmlOptions options, bool in_record, const Limits& limits) {
  auto query = XmlQuery::compile(iterator, "iterator", source, limits);
  if (!query) return std::unexpected(std::move(query.error()));
  XmlItems out;
  out.plan_.name = source;
  out.plan_.options = std::move(options);
  out.plan_.limits = limits;
  out.plan_.iterator = std::move(*query);
  out.plan_.is_record = in_record;
  return out;
}

Expected<void> XmlItems::add_reference(const std::string& text) {
  auto reference = xml_reference(text, plan_.name, plan_.limits);
  if (!reference) return std::unexpected(std::move(reference.error()));
  plan_.references.push_back(std::move(*reference));
  return {};
}

Expected<void> XmlItems::parse(std::string_view text, RecordBatch& out,
                               DiagnosticSink& diagnostics) const {
  RecordBlock block;
  block.last = true;
  if (plan_.is_record) {
    block.bytes.assign(text.begin(), text.end());
  } else {
    // A text of its own has not been looked at yet: as a whole document it goes by expat.
    XmlSplitter splitter(memory_input(text, plan_.name), plan_.limits, text.size() + 1);
    if (auto open = splitter.open(TextEncoding::utf8, {}, plan_.options.namespaces); !open) {
      return open;
    }
    auto document = splitter.next();
    if (!document) return std::unexpected(std::move(document.error()));
    if (!*document) return {};
    block = std::move(**document);
  }
  auto counts = parse_xml_block(plan_, std::move(block), out, diagnostics);
  if (!counts) return std::unexpected(std::move(counts.error()));
  return {};
}

}  // namespace dossier
