#include "sources/xml_block.hpp"

#include <algorithm>
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

// Whether a `<` stands before a `mark`, which is rare in texts.
bool has_markup(std::string_view text, char mark) {
  for (std::size_t at = text.find(mark); at != std::string_view::npos;
       at = text.find(mark, at + 1)) {
    if (at > 0 && text[at - 1] == '<') return true;
  }
  return false;
}

class XmlBlockParser {
 public:
  XmlBlockParser(const XmlPlan& plan, RecordBatch& out)
      : plan_(plan),
        out_(out),
        bytes_(out.block.bytes),
        order_(plan.fields.steps().size()),
        items_(out.slots) {}

  Expected<RecordCounts> run() {
    if (plan_.streamed_depth > 0) out_.offsets = out_.block.record_offsets;
    if (bytes_.empty()) return RecordCounts{};
    const std::string_view text(bytes_.data(), bytes_.size());
    const bool has_namespaces = text.find("xmlns") != std::string_view::npos;
    const bool has_sections = has_markup(text, '!') || has_markup(text.substr(1), '?');
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
  // Whose elements came first below that of a step, and next to it; 0: none yet.
  struct Order {
    std::uint32_t child = 0;
    std::uint32_t sibling = 0;
  };

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
    row_ = out_.values.size();
    out_.values.resize(row_ + out_.slots);
    if (node.node()) walk(0, node.node());
    for (std::size_t slot = 0; slot < plan_.references.size(); ++slot) {
      const XmlPlan::Reference& reference = plan_.references[slot];
      if (reference.markup) {
        add_markup(slot, node.node());
      } else if (!reference.simple || !node.node()) {
        query(slot, reference.query->compiled().query, node);
      } else if (reference.simple->up > 0) {
        pugi::xml_node from = node.node();
        for (std::size_t i = 0; i < reference.simple->up; ++i) from = from.parent();
        field(slot, reference.simple->last, reference.simple->attribute, from);
      }
    }
    for (const std::size_t slot : lists_) {
      out_.values[row_ + slot] = list_value(items_[slot], out_.arena);
    }
    lists_.clear();
  }

  // What the simple references take of `node` and below. Recursion: as deep as they have steps.
  void walk(std::uint32_t number, pugi::xml_node node) {
    const std::vector<XmlFields::Step>& steps = plan_.fields.steps();
    const XmlFields::Step& step = steps[number];
    for (const XmlFields::Field& each : step.fields) {
      field(each.slot, each.last, each.attribute, node);
    }
    if (step.next.empty()) return;
    // Elements mostly follow one another as they did in the record before.
    std::uint32_t* guess = &order_[number].child;
    for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
      if (child.type() != pugi::node_element) continue;
      const char* const name = child.name();
      std::uint32_t found = *guess;
      if (found == 0 || steps[found].name != name) {
        const auto named = std::ranges::find_if(
            step.next, [&](std::uint32_t next) { return steps[next].name == name; });
        if (named == step.next.end()) continue;
        found = *guess = *named;
      }
      guess = &order_[found].sibling;
      walk(found, child);
    }
  }

  void field(std::size_t slot, Last last, const std::string& attribute, pugi::xml_node node) {
    if (last == Last::attribute) {
      const pugi::xml_attribute found = node.attribute(attribute.c_str());
      if (found) add(slot, found.value());
    } else if (last == Last::element) {
      add(slot, string_value(node));
    } else {
      for (pugi::xml_node child : node.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
          add(slot, child.value());
        }
      }
    }
  }

  void query(std::size_t slot, const pugi::xpath_query& query, const pugi::xpath_node& node) {
    if (query.return_type() != pugi::xpath_type_node_set) {
      add(slot, query.evaluate_string(node));
      return;
    }
    pugi::xpath_node_set nodes = query.evaluate_node_set(node);
    nodes.sort();
    for (const pugi::xpath_node& found : nodes) {
      if (found.attribute()) {
        add(slot, found.attribute().value());
      } else if (found.node().type() == pugi::node_element) {
        add(slot, string_value(found.node()));
      } else {
        add(slot, found.node().value());
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
  void add(std::size_t slot, std::string_view text) {
    if (text.empty() ? plan_.options.empty_is_null : is_null(text)) return;
    const bool in_block = !bytes_.empty() && text.data() >= bytes_.data() &&
                          text.data() < bytes_.data() + bytes_.size();
    const Value value =
        Value::of(in_block ? text : std::string_view(out_.arena.copy(text), text.size()));
    Value& into = out_.values[row_ + slot];
    if (into.type == ValueType::absent) {
      into = value;
      return;
    }
    if (into.type != ValueType::list) {
      items_[slot].assign(1, into);
      lists_.push_back(slot);
      into.type = ValueType::list;  // of what, `record` says
    }
    items_[slot].push_back(value);
  }

  // The element as XML, with the names that this tree has: XmlItems reads it again.
  void add_markup(std::size_t slot, pugi::xml_node node) {
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
    add(slot, joined_);
  }

  bool is_null(std::string_view text) const {
    return std::ranges::find(plan_.options.nulls, text) != plan_.options.nulls.end();
  }

  const XmlPlan& plan_;
  RecordBatch& out_;
  std::vector<char>& bytes_;
  pugi::xml_document document_;
  std::vector<std::pair<std::size_t, std::uint64_t>> offsets_;  // hash of an element -> offset
  std::size_t row_ = 0;                                         // where its values begin
  std::vector<Order> order_;                                    // of steps
  std::vector<std::vector<Value>> items_;                       // of a slot with several
  std::vector<std::size_t> lists_;                              // these slots
  std::string joined_;
};

}  // namespace

Expected<void> XmlPlan::add_reference(const std::string& text) {
  const std::size_t slot = references.size();
  Reference& out = references.emplace_back();
  out.markup = text == kXmlMarkup;
  if (out.markup) return {};
  out.simple = simple_xml_reference(text);
  if (out.simple && out.simple->up == 0) fields.add(*out.simple, slot);
  auto query = XmlQuery::compile(text, "reference", name, limits);
  if (!query) return std::unexpected(std::move(query.error()));
  out.query = std::move(*query);
  return {};
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
