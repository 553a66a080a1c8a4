#include "sources/yaml_document.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
#include <yaml.h>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/line_index.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/encoding.hpp"

namespace dossier {

struct YamlNode::Data {
  enum class Kind : std::uint8_t { scalar, sequence, mapping };
  Kind kind = Kind::scalar;
  YamlType type = YamlType::none;
  bool plain = false;
  bool complete = false;  // an alias to it is allowed
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::uint64_t offset = 0;
  std::string text;
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;
  std::size_t weight = 1;  // nodes below and with it, aliases expanded
  std::size_t height = 1;  // levels below and with it
  const std::string* file = nullptr;
};

struct YamlDocument::Storage {
  std::string name;
  std::deque<YamlNode::Data> nodes;  // addresses stay
  const YamlNode::Data* root = nullptr;
};

namespace {

using Data = YamlNode::Data;
using Kind = Data::Kind;

// Thrown by the builder and caught in YamlDocument::parse.
struct Refused {
  Error error;
};

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// Builds the tree out of libyaml's events.
class YamlTreeBuilder {
 public:
  YamlTreeBuilder(std::deque<Data>& nodes, const std::string& file, std::string_view text,
                  const Limits& limits)
      : nodes_(nodes), file_(file), text_(text), limits_(limits) {}

  const Data* root() const { return root_; }

  void take(const yaml_event_t& event) {
    const yaml_mark_t& mark = event.start_mark;
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (root_ != nullptr) refuse(code::yaml_syntax, mark, "a second document begins here");
        break;
      case YAML_ALIAS_EVENT:
        alias(view(event.data.alias.anchor), mark);
        break;
      case YAML_SCALAR_EVENT:
        scalar(event.data.scalar, mark);
        break;
      case YAML_SEQUENCE_START_EVENT:
        open(mark, view(event.data.sequence_start.anchor), Kind::sequence,
             view(event.data.sequence_start.tag), YAML_SEQ_TAG);
        break;
      case YAML_MAPPING_START_EVENT:
        open(mark, view(event.data.mapping_start.anchor), Kind::mapping,
             view(event.data.mapping_start.tag), YAML_MAP_TAG);
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        close();
        break;
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        break;
    }
  }

 private:
  struct Frame {
    Data* node = nullptr;
    const Data* key = nullptr;  // of a mapping: waits for its value
    std::unordered_set<std::string_view> keys;
  };

  void alias(std::string_view anchor, const yaml_mark_t& mark) {
    const auto found = anchors_.find(std::string(anchor));
    if (found == anchors_.end()) {
      refuse(code::yaml_syntax, mark,
             fmt::format("there is no anchor &{} before this alias", printable(anchor, 80)));
    }
    Data& node = *found->second;
    if (!node.complete) {
      refuse(code::yaml_alias_cycle, mark, "the alias stands inside of its own anchor");
    }
    count(node.weight, mark);
    check_depth(stack_.size() + node.height, mark);
    attach(node, mark);
  }

  void scalar(const decltype(yaml_event_t::data.scalar)& given, const yaml_mark_t& mark) {
    Data& node = make(mark, view(given.anchor));
    node.text = {reinterpret_cast<const char*>(given.value), given.length};
    const std::string_view tag = view(given.tag);
    node.plain = given.style == YAML_PLAIN_SCALAR_STYLE && tag.empty();
    node.type = node.plain ? yaml_core_type(node.text) : scalar_type(tag, node.text, mark);
    node.complete = true;
    attach(node, mark);
  }

  // libyaml counts characters. Marks come nearly in order, so that mostly little is passed over.
  std::uint64_t offset(const yaml_mark_t& mark) {
    if (mark.index < known_index_) known_index_ = known_offset_ = 0;
    while (known_index_ < mark.index && known_offset_ < text_.size()) {
      known_offset_ += std::max<std::size_t>(decode_utf8(text_.substr(known_offset_)).size, 1);
      ++known_index_;
    }
    return known_offset_;
  }

  Place place(const yaml_mark_t& mark) const { return {file_, mark.line + 1, mark.column + 1, {}}; }

  [[noreturn]] void refuse(DiagnosticCode code, const yaml_mark_t& mark, std::string message,
                           std::string hint = {}) const {
    throw Refused{fail(code, place(mark), std::move(message), std::move(hint)).error()};
  }

  void count(std::size_t nodes, const yaml_mark_t& mark) {
    total_ += nodes;
    if (total_ > limits_.max_yaml_nodes) {
      refuse(code::limit_exceeded, mark,
             fmt::format("more than {} nodes, aliases counted as copies (max-yaml-nodes)",
                         with_separators(limits_.max_yaml_nodes)),
             "raise the limit with --limit max-yaml-nodes=N");
    }
  }

  void check_depth(std::size_t depth, const yaml_mark_t& mark) const {
    if (depth > limits_.max_yaml_depth) {
      refuse(code::limit_exceeded, mark,
             fmt::format("nested more than {} deep (max-yaml-depth)", limits_.max_yaml_depth),
             "raise the limit with --limit max-yaml-depth=N");
    }
  }

  Data& make(const yaml_mark_t& mark, std::string_view anchor) {
    count(1, mark);
    Data& node = nodes_.emplace_back();
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    node.offset = offset(mark);
    node.file = &file_;
    if (!anchor.empty()) anchors_[std::string(anchor)] = &node;
    return node;
  }

  void open(const yaml_mark_t& mark, std::string_view anchor, Kind kind, std::string_view tag,
            std::string_view core_tag) {
    if (tag != core_tag && tag != "!" && !tag.empty()) refuse_tag(tag, mark);
    check_depth(stack_.size() + 1, mark);
    Data& node = make(mark, anchor);
    node.kind = kind;
    attach(node, mark);
    stack_.push_back({&node, nullptr, {}});
  }

  void close() {
    Data& node = *stack_.back().node;
    node.complete = true;
    stack_.pop_back();
    if (stack_.empty()) return;
    add_measures(*stack_.back().node, node);
  }

  static void add_measures(Data& parent, const Data& child) {
    parent.weight += child.weight;
    parent.height = std::max(parent.height, child.height + 1);
  }

  // Puts the node where it belongs. What is not complete is measured when it is closed.
  void attach(Data& node, const yaml_mark_t& mark) {
    if (stack_.empty()) {
      root_ = &node;
      return;
    }
    Frame& frame = stack_.back();
    if (node.complete) add_measures(*frame.node, node);
    if (frame.node->kind == Kind::sequence) {
      frame.node->items.emplace_back(&node);
    } else if (frame.key != nullptr) {
      frame.node->entries.push_back({YamlNode(frame.key), YamlNode(&node)});
      frame.key = nullptr;
    } else {
      take_key(frame, node, mark);
    }
  }

  void take_key(Frame& frame, const Data& node, const yaml_mark_t& mark) {
    if (node.kind != Kind::scalar) {
      refuse(code::yaml_syntax, mark, "a key must be a scalar");
    }
    if (!frame.keys.insert(node.text).second) {
      refuse(code::yaml_duplicate_key, mark,
             fmt::format("the key \"{}\" occurs twice in this mapping", printable(node.text, 80)),
             fmt::format("the first is on line {}", first_line_of(frame, node.text)));
    }
    frame.key = &node;
  }

  static std::uint64_t first_line_of(const Frame& frame, std::string_view key) {
    for (const YamlEntry& entry : frame.node->entries) {
      if (entry.key.text() == key) return entry.key.place().line;
    }
    return 0;
  }

  [[noreturn]] void refuse_tag(std::string_view tag, const yaml_mark_t& mark) const {
    refuse(code::yaml_syntax, mark, fmt::format("the tag {} is not known", printable(tag, 80)),
           "only the tags of the core schema are: !!str !!int !!float !!bool !!null !!seq !!map");
  }

  YamlType scalar_type(std::string_view tag, std::string_view value,
                       const yaml_mark_t& mark) const {
    constexpr std::string_view kCore = "tag:yaml.org,2002:";
    if (tag.empty() || tag == "!") return YamlType::text;
    if (!tag.starts_with(kCore)) refuse_tag(tag, mark);
    const std::string_view name = tag.substr(kCore.size());
    if (name == "str") return YamlType::text;
    const YamlType found = yaml_core_type(value);
    const bool fits = (name == "int" && found == YamlType::integer) ||
                      (name == "bool" && found == YamlType::boolean) ||
                      (name == "null" && found == YamlType::null) ||
                      (name == "float" && (found == YamlType::integer || found == YamlType::real));
    if (!fits) {
      if (name != "int" && name != "bool" && name != "null" && name != "float") {
        refuse_tag(tag, mark);
      }
      refuse(code::yaml_syntax, mark, fmt::format("\"{}\" is no !!{}", printable(value, 80), name));
    }
    return name == "float" ? YamlType::real : found;
  }

  std::deque<Data>& nodes_;
  const std::string& file_;
  std::string_view text_;
  const Limits& limits_;
  const Data* root_ = nullptr;
  std::vector<Frame> stack_;
  std::unordered_map<std::string, Data*> anchors_;
  std::size_t total_ = 0;
  std::size_t known_index_ = 0;  // a character, and its offset in bytes
  std::size_t known_offset_ = 0;
};

bool has_tab_indent(std::string_view line) {
  const std::size_t text = line.find_first_not_of(" \t");
  return line.substr(0, text).find('\t') != std::string_view::npos;
}

// What libyaml says, with the place where the quote, list or map that it was in begins.
std::unexpected<Error> syntax_error(std::string_view text, const std::string& name,
                                    const yaml_parser_t& parser) {
  const auto place = [&](const yaml_mark_t& mark) {
    return Place{name, mark.line + 1, mark.column + 1, {}};
  };
  const std::string_view problem = parser.problem == nullptr ? "it is no YAML" : parser.problem;
  const std::string_view context = parser.context == nullptr ? "" : parser.context;
  if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  if (parser.error == YAML_READER_ERROR) {
    return fail(code::yaml_syntax, {name, 0, 0, {}}, std::string(problem));
  }
  const LineIndex lines(text);
  if (has_tab_indent(lines.line(parser.problem_mark.line + 1).value_or(""))) {
    return fail(code::yaml_tab, place(parser.problem_mark), "a tab is used as indentation",
                "indent with blanks");
  }
  if (context == "while scanning a quoted scalar" && problem == "found unexpected end of stream") {
    return fail(code::yaml_syntax, place(parser.context_mark),
                "the quote that opens here is never closed");
  }
  std::string hint;
  if (problem.starts_with("mapping values are not allowed")) {
    hint = "is a text with ': ' not in quotes, or is the indentation off?";
  } else if (problem.starts_with("found character that cannot start")) {
    hint = "a text that begins with @ or ` must be in quotes";
  } else if (problem.starts_with("found unknown escape")) {
    hint = "in double quotes a backslash begins an escape: write \\\\, or use single quotes";
  } else if (!context.empty()) {
    hint = fmt::format("{} that begins on line {}", context, parser.context_mark.line + 1);
  }
  return fail(code::yaml_syntax, place(parser.problem_mark), std::string(problem), std::move(hint));
}

struct ParserDeleter {
  void operator()(yaml_parser_t* parser) const {
    yaml_parser_delete(parser);
    delete parser;
  }
};

Expected<void> build(std::string_view text, const std::string& name, YamlTreeBuilder& builder) {
  const std::unique_ptr<yaml_parser_t, ParserDeleter> parser(new yaml_parser_t{});
  if (yaml_parser_initialize(parser.get()) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(parser.get(), YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(parser.get(), reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  for (bool open = true; open;) {
    yaml_event_t event;
    if (yaml_parser_parse(parser.get(), &event) == 0) return syntax_error(text, name, *parser);
    const std::unique_ptr<yaml_event_t, decltype(&yaml_event_delete)> owner(&event,
                                                                            &yaml_event_delete);
    builder.take(event);
    open = event.type != YAML_STREAM_END_EVENT;
  }
  return {};
}

Expected<void> check_characters(std::string_view text, const std::string& name) {
  const std::size_t bad = find_invalid_utf8(text);
  if (bad != kUtf8Valid) {
    const LineColumn where = line_column(text, bad);
    return fail(code::invalid_utf8, {name, where.line, where.column, {}},
                fmt::format("byte {} (0x{:02X}) does not belong to valid UTF-8", bad,
                            static_cast<unsigned char>(text[bad])));
  }
  // [1] c-printable
  const auto control = std::ranges::find_if(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
  if (control == text.end()) return {};
  const auto at = static_cast<std::size_t>(control - text.begin());
  const LineColumn where = line_column(text, at);
  return fail(code::yaml_syntax, {name, where.line, where.column, {}},
              fmt::format("the control character 0x{:02X} is not allowed",
                          static_cast<unsigned char>(*control)));
}

}  // namespace

YamlType YamlNode::type() const {
  return data_ == nullptr ? YamlType::null : data_->type;
}

bool YamlNode::is_scalar() const {
  return data_ != nullptr && data_->kind == Kind::scalar && data_->type != YamlType::null;
}

bool YamlNode::is_sequence() const {
  return data_ != nullptr && data_->kind == Kind::sequence;
}

bool YamlNode::is_mapping() const {
  return data_ != nullptr && data_->kind == Kind::mapping;
}

std::string_view YamlNode::text() const {
  return data_ == nullptr ? std::string_view() : data_->text;
}

bool YamlNode::is_plain() const {
  return data_ != nullptr && data_->plain;
}

std::span<const YamlNode> YamlNode::items() const {
  return data_ == nullptr ? std::span<const YamlNode>() : data_->items;
}

std::span<const YamlEntry> YamlNode::entries() const {
  return data_ == nullptr ? std::span<const YamlEntry>() : data_->entries;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries()) {
    if (entry.key.text() == key) return &entry.value;
  }
  return nullptr;
}

Place YamlNode::place() const {
  if (data_ == nullptr) return {};
  return {*data_->file, data_->line, data_->column, {}};
}

std::uint64_t YamlNode::offset() const {
  return data_ == nullptr ? 0 : data_->offset;
}

YamlDocument::YamlDocument(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}
YamlDocument::YamlDocument(YamlDocument&&) noexcept = default;
YamlDocument& YamlDocument::operator=(YamlDocument&&) noexcept = default;
YamlDocument::~YamlDocument() = default;

YamlNode YamlDocument::root() const {
  return YamlNode(storage_->root);
}

Expected<YamlDocument> YamlDocument::parse(std::string_view text, std::string_view name,
                                           const Limits& limits) {
  auto storage = std::make_unique<Storage>();
  storage->name = name;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > limits.max_yaml_bytes) {
    return fail(code::limit_exceeded, {storage->name},
                fmt::format("is larger than {} bytes (max-yaml-bytes)",
                            with_separators(limits.max_yaml_bytes)),
                "raise the limit with --limit max-yaml-bytes=N");
  }
  if (const Expected<void> good = check_characters(text, storage->name); !good) {
    return std::unexpected(good.error());
  }
  YamlTreeBuilder builder(storage->nodes, storage->name, text, limits);
  try {
    if (const Expected<void> built = build(text, storage->name, builder); !built) {
      return std::unexpected(built.error());
    }
  } catch (const Refused& refused) {
    return std::unexpected(refused.error);
  }
  storage->root = builder.root();
  if (storage->root == nullptr) {
    Data& nothing = storage->nodes.emplace_back();  // so that an empty file has a place
    nothing.type = YamlType::null;
    nothing.line = nothing.column = 1;
    nothing.file = &storage->name;
    storage->root = &nothing;
  }
  return YamlDocument(std::move(storage));
}

Expected<YamlDocument> load_yaml(const std::filesystem::path& path, const Limits& limits) {
  Expected<std::unique_ptr<ByteSource>> source = open_input(path, limits);
  if (!source) return std::unexpected(source.error());
  Expected<DecodedSource> decoded = decode_text(std::move(*source), TextEncoding::utf8);
  if (!decoded) return std::unexpected(decoded.error());
  const Expected<std::string> text = read_all(*decoded->bytes, limits.max_yaml_bytes + 3);
  if (!text) return std::unexpected(text.error());
  return YamlDocument::parse(*text, path.string(), limits);
}

}  // namespace dossier
