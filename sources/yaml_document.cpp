#include "sources/yaml_document.hpp"

#include <algorithm>
#include <deque>
#include <sstream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

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

// Thrown through yaml-cpp by the handler and caught in YamlDocument::parse.
struct Refused {
  Error error;
};

// Builds the tree out of the events. The depth of yaml-cpp's own recursion is bounded by the depth
// limit, because it calls the handler at each level.
class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  YamlTreeBuilder(std::deque<Data>& nodes, const std::string& file, std::string_view text,
                  const Limits& limits)
      : nodes_(nodes), file_(file), text_(text), lines_(text), limits_(limits) {}

  const Data* root() const { return root_; }
  LineColumn last_scalar_place() const { return lines_.at(last_scalar_); }
  // From the start of the last scalar that was not plain.
  std::string_view last_quoted() const { return text_.substr(last_scalar_); }
  bool ends_in_quoted() const { return quoted_last_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (root_ != nullptr) refuse(code::yaml_syntax, mark, "a second document begins here");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Data& node = make(mark, anchor);
    node.type = YamlType::null;
    node.plain = true;
    // Null, NULL, ~: yaml-cpp does not say which, and a key is compared as written.
    const std::string_view rest = text_.substr(std::min(offset(mark), text_.size()));
    for (const std::string_view written : {"null", "Null", "NULL", "~"}) {
      if (rest.starts_with(written)) node.text = written;
    }
    node.complete = true;
    attach(node, mark);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Data& node = *anchors_.at(anchor);
    if (!node.complete) {
      refuse(code::yaml_alias_cycle, mark, "the alias stands inside of its own anchor");
    }
    count(node.weight, mark);
    check_depth(stack_.size() + node.height, mark);
    attach(node, mark);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Data& node = make(mark, anchor);
    node.text = value;
    node.plain = tag == "?";
    node.type = scalar_type(tag, value, mark);
    node.complete = true;
    last_scalar_ = std::min(offset(mark), text_.size());
    quoted_last_ = !node.plain;
    attach(node, mark);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, anchor, Kind::sequence, tag, "tag:yaml.org,2002:seq");
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, anchor, Kind::mapping, tag, "tag:yaml.org,2002:map");
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Data* node = nullptr;
    const Data* key = nullptr;  // of a mapping: waits for its value
    std::unordered_set<std::string_view> keys;
  };

  static std::size_t offset(const YAML::Mark& mark) {
    return static_cast<std::size_t>(std::max(mark.pos, 0));
  }

  Place place(const YAML::Mark& mark) const {
    const LineColumn where = lines_.at(offset(mark));
    return {file_, where.line, where.column, {}};
  }

  [[noreturn]] void refuse(DiagnosticCode code, const YAML::Mark& mark, std::string message,
                           std::string hint = {}) const {
    throw Refused{fail(code, place(mark), std::move(message), std::move(hint)).error()};
  }

  void count(std::size_t nodes, const YAML::Mark& mark) {
    total_ += nodes;
    if (total_ > limits_.max_yaml_nodes) {
      refuse(code::limit_exceeded, mark,
             fmt::format("more than {} nodes, aliases counted as copies (max-yaml-nodes)",
                         with_separators(limits_.max_yaml_nodes)),
             "raise the limit with --limit max-yaml-nodes=N");
    }
  }

  void check_depth(std::size_t depth, const YAML::Mark& mark) const {
    if (depth > limits_.max_yaml_depth) {
      refuse(code::limit_exceeded, mark,
             fmt::format("nested more than {} deep (max-yaml-depth)", limits_.max_yaml_depth),
             "raise the limit with --limit max-yaml-depth=N");
    }
  }

  Data& make(const YAML::Mark& mark, YAML::anchor_t anchor) {
    count(1, mark);
    Data& node = nodes_.emplace_back();
    const LineColumn where = lines_.at(offset(mark));
    node.line = where.line;
    node.column = where.column;
    node.offset = offset(mark);
    node.file = &file_;
    if (anchor != 0) anchors_[anchor] = &node;
    return node;
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, Kind kind, std::string_view tag,
            std::string_view core_tag) {
    if (tag != "?" && tag != "!" && tag != core_tag && !tag.empty()) refuse_tag(tag, mark);
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
  void attach(Data& node, const YAML::Mark& mark) {
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

  void take_key(Frame& frame, const Data& node, const YAML::Mark& mark) {
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

  [[noreturn]] void refuse_tag(std::string_view tag, const YAML::Mark& mark) const {
    refuse(code::yaml_syntax, mark, fmt::format("the tag {} is not known", printable(tag, 80)),
           "only the tags of the core schema are: !!str !!int !!float !!bool !!null !!seq !!map");
  }

  YamlType scalar_type(std::string_view tag, std::string_view value, const YAML::Mark& mark) const {
    constexpr std::string_view kCore = "tag:yaml.org,2002:";
    if (tag == "?") return yaml_core_type(value);
    if (tag == "!" || tag.empty()) return YamlType::text;
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
  LineIndex lines_;
  const Limits& limits_;
  const Data* root_ = nullptr;
  std::vector<Frame> stack_;
  std::unordered_map<YAML::anchor_t, Data*> anchors_;
  std::size_t total_ = 0;
  std::size_t last_scalar_ = 0;  // offset
  bool quoted_last_ = false;     // that scalar was not plain
};

// Whether the quoted scalar (behind its tag and anchor) at the start of `text` is closed. yaml-cpp
// takes the end of the file for the closing quote.
bool is_closed(std::string_view text) {
  while (text.starts_with('!') || text.starts_with('&')) {
    text.remove_prefix(std::min(text.find_first_of(" \t\r\n"), text.size()));
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  }
  if (!text.starts_with('"') && !text.starts_with('\'')) return true;
  const char quote = text.front();
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return true;
      ++at;
    }
  }
  return false;
}

bool has_tab_indent(std::string_view line) {
  const std::size_t text = line.find_first_not_of(" \t");
  return line.substr(0, text).find('\t') != std::string_view::npos;
}

std::unexpected<Error> syntax_error(std::string_view text, const std::string& name,
                                    const YAML::Exception& exception) {
  const auto at = static_cast<std::size_t>(std::max(exception.mark.pos, 0));
  const LineColumn where = line_column(text, at);
  Place place{name, where.line, where.column, {}};
  if (has_tab_indent(line_at(text, at))) {
    return fail(code::yaml_tab, std::move(place), "a tab is used as indentation",
                "indent with blanks");
  }
  std::string hint;
  if (exception.msg == "illegal map value") {
    hint = "is a text with ': ' not in quotes, or is the indentation off?";
  } else if (exception.msg == "unknown token") {
    hint = "a text that begins with @ or ` must be in quotes";
  }
  return fail(code::yaml_syntax, std::move(place), exception.msg, std::move(hint));
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

bool all_digits(std::string_view text, std::string_view digits = "0123456789") {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_core_float(std::string_view unsigned_text) {
  const std::size_t exponent = unsigned_text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    std::string_view power = unsigned_text.substr(exponent + 1);
    if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
    if (!all_digits(power)) return false;
    unsigned_text = unsigned_text.substr(0, exponent);
  }
  const std::size_t dot = unsigned_text.find('.');
  if (dot == std::string_view::npos) return all_digits(unsigned_text);
  const std::string_view whole = unsigned_text.substr(0, dot);
  const std::string_view fraction = unsigned_text.substr(dot + 1);
  if (whole.empty()) return all_digits(fraction);
  return all_digits(whole) && (fraction.empty() || all_digits(fraction));
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

}  // namespace

YamlType yaml_core_type(std::string_view plain) {
  if (is_one_of(plain, {"", "~", "null", "Null", "NULL"})) return YamlType::null;
  if (is_one_of(plain, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    return YamlType::boolean;
  }
  if (plain.starts_with("0o") && all_digits(plain.substr(2), "01234567")) return YamlType::integer;
  if (plain.starts_with("0x") && all_digits(plain.substr(2), "0123456789abcdefABCDEF")) {
    return YamlType::integer;
  }
  if (is_one_of(plain, {".nan", ".NaN", ".NAN"})) return YamlType::real;
  std::string_view number = plain;
  if (number.starts_with('+') || number.starts_with('-')) number.remove_prefix(1);
  if (is_one_of(number, {".inf", ".Inf", ".INF"})) return YamlType::real;
  if (all_digits(number)) return YamlType::integer;
  return is_core_float(number) ? YamlType::real : YamlType::text;
}

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
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    return std::unexpected(refused.error);
  } catch (const YAML::Exception& exception) {
    return syntax_error(text, storage->name, exception);
  }
  if (builder.ends_in_quoted() && !is_closed(builder.last_quoted())) {
    const LineColumn where = builder.last_scalar_place();
    return fail(code::yaml_syntax, {storage->name, where.line, where.column, {}},
                "the quote that opens here is never closed");
  }
  storage->root = builder.root();
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
