#include "sources/json_block.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/json_cursor.hpp"
#include "sources/json_path_eval.hpp"
#include "sources/json_tree.hpp"

namespace dossier {
namespace {

ValueType number_type(std::string_view text) {
  return text.find_first_of(".eE") == std::string_view::npos ? ValueType::integer : ValueType::real;
}

std::string_view kind_name(JsonNode::Kind kind) {
  return kind == JsonNode::Kind::array ? "an array" : "an object";
}

class JsonBlockParser {
 public:
  JsonBlockParser(const JsonPlan& plan, RecordBatch& out, DiagnosticSink& diagnostics)
      : plan_(plan),
        out_(out),
        diagnostics_(diagnostics),
        text_(out.block.bytes.data(), out.block.bytes.size()),
        places_(plan.name, out.block),
        paths_(tree_),
        hints_(plan.references.size(), 0) {}

  Expected<RecordCounts> run() {
    const std::size_t bad = find_invalid_utf8(text_);
    if (plan_.shape == JsonShape::lines) return lines(bad == kUtf8Valid);
    if (bad != kUtf8Valid) return json_utf8_error(bad, out_.block.offset, places_.at(bad));
    return plan_.shape == JsonShape::document ? document() : elements();
  }

 private:
  std::size_t offset_of(const char* at) const {
    return static_cast<std::size_t>(at - text_.data());
  }

  void skip_blanks() {
    while (at_ < text_.size() && json::is_blank(text_[at_])) ++at_;
  }

  std::unexpected<Error> unexpected(std::string_view wanted) {
    const JsonFailure failure =
        json::unexpected_character(text_.data() + at_, text_.data() + text_.size(), wanted);
    return json_error(failure, places_.at(offset_of(failure.at)));
  }

  // Values, or `"key": value`, with a comma behind each; none behind the very last.
  Expected<RecordCounts> elements() {
    const bool members = plan_.shape == JsonShape::members;
    skip_blanks();
    bool want_one = out_.block.first_record > 0;  // behind a comma
    while (at_ < text_.size() || (want_one && out_.block.last)) {
      if (members) {
        if (const Expected<void> key = skip_key(); !key) return std::unexpected(key.error());
      }
      const Expected<void> read = unit(text_.substr(at_));
      if (!read) return std::unexpected(read.error());
      skip_blanks();
      want_one = false;
      if (at_ == text_.size()) break;
      if (text_[at_] != ',') return unexpected(members ? "wanted , or }" : "wanted , or ]");
      ++at_;
      skip_blanks();
      want_one = true;
    }
    return counts_;
  }

  Expected<void> skip_key() {
    if (at_ == text_.size() || text_[at_] != '"')
      return unexpected("wanted a key in double quotes");
    const auto key = json::read_string(text_.data() + at_ + 1, text_.data() + text_.size(),
                                       out_.arena, plan_.limits);
    if (!key) return json_error(key.error(), places_.at(offset_of(key.error().at)));
    at_ = offset_of(key->after);
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != ':') return unexpected("wanted :");
    ++at_;
    return {};
  }

  Expected<RecordCounts> document() {
    const Expected<void> read = unit(text_);
    if (!read) return std::unexpected(read.error());
    skip_blanks();
    if (at_ < text_.size()) return unexpected("wanted the end of the file");
    return counts_;
  }

  // A line that is bad is a rejected record: the next one begins for certain behind it.
  Expected<RecordCounts> lines(bool valid_utf8) {
    while (at_ < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      const std::string_view line = text_.substr(at_, end - at_);
      const std::size_t begin = at_;
      at_ = begin + std::min(line.find_first_not_of(" \t\r"), line.size());
      const bool empty = at_ == begin + line.size();
      if (!empty) {
        const Expected<void> good = valid_utf8 ? Expected<void>() : check_line(line, begin);
        if (!good) {
          reject(good.error());
        } else if (const Expected<void> read = one_line(begin + line.size()); !read) {
          return std::unexpected(read.error());
        }
      }
      at_ = end + 1;
    }
    return counts_;
  }

  Expected<void> check_line(std::string_view line, std::size_t begin) {
    const std::size_t bad = find_invalid_utf8(line);
    if (bad == kUtf8Valid) return {};
    return json_utf8_error(begin + bad, out_.block.offset, places_.at(begin + bad));
  }

  Expected<void> one_line(std::size_t end) {
    const std::size_t rows = out_.size();
    const RecordCounts before = counts_;
    Expected<void> read = unit(text_.substr(at_, end - at_));
    if (read) {
      skip_blanks();
      if (at_ < end) read = unexpected("wanted the end of the line");
    }
    if (read) return read;
    if (read.error().code == code::limit_exceeded) return read;
    out_.offsets.resize(rows);
    out_.values.resize(rows * out_.slots);
    counts_ = before;
    reject(read.error());
    return {};
  }

  void reject(Error error) {
    ++counts_.read;
    counts_.reject(error.code);
    error.severity = Severity::violation;
    diagnostics_.report(std::move(error));
  }

  // Reads the value at the start of `text`, which is text_ from at_ on, and makes its records.
  Expected<void> unit(std::string_view text) {
    const auto size = tree_.parse(text, out_.arena, plan_.limits);
    if (!size) return json_error(size.error(), places_.at(offset_of(size.error().at)));
    if (*size > (whole() ? plan_.limits.max_document_bytes : plan_.limits.max_record_bytes)) {
      return too_large();
    }
    for (const std::uint32_t node : tree_.repeated()) report_repeated(node);
    if (plan_.iterator.segments.empty()) {
      record(JsonTree::kRoot);
    } else {
      paths_.select(plan_.iterator, JsonTree::kRoot, records_);
      for (const std::uint32_t node : records_) record(node);
    }
    at_ += *size;
    return {};
  }

  bool whole() const { return plan_.shape == JsonShape::document; }
  std::unexpected<Error> too_large() {
    const std::string_view limit = whole() ? "max-document-bytes" : "max-record-bytes";
    return fail(
        code::limit_exceeded, places_.at(at_),
        fmt::format("{} is larger than {} bytes ({})", whole() ? "the document" : "a record",
                    with_separators(whole() ? plan_.limits.max_document_bytes
                                            : plan_.limits.max_record_bytes),
                    limit),
        fmt::format("raise the limit with --limit {}=N", limit));
  }

  void report_repeated(std::uint32_t node) {
    diagnostics_.report(make_diagnostic(
        code::json_repeated_key, places_.at(at_ + tree_.at(node).begin),
        fmt::format("the key \"{}\" occurs twice in this object; the last one counts",
                    printable(tree_.at(node).key(), 80))));
  }

  void record(std::uint32_t node) {
    ++counts_.read;
    const std::size_t row = out_.values.size();
    out_.values.resize(row + out_.slots);
    for (std::size_t slot = 0; slot < plan_.references.size(); ++slot) {
      if (take(slot, node, out_.values[row + slot])) continue;
      counts_.reject(code::json_structure);
      out_.values.resize(row);
      return;
    }
    out_.offsets.push_back(out_.block.offset + at_ + tree_.at(node).begin);
  }

  // False, and reported, when the reference leads to what is no value.
  bool take(std::size_t slot, std::uint32_t record, Value& into) {
    const JsonPlan::Reference& reference = plan_.references[slot];
    if (reference.one_name) {
      const std::uint32_t found = find_member(slot, record);
      return found == 0 || value(reference, found, into);
    }
    paths_.select(reference.path, record, found_);
    if (found_.size() == 1) return value(reference, found_[0], into);
    items_.clear();
    for (const std::uint32_t node : found_) {
      Value item;
      if (!value(reference, node, item)) return false;
      if (item.type != ValueType::absent) items_.push_back(item);
    }
    if (items_.size() == 1) {
      into = items_[0];
    } else if (items_.size() > 1) {
      into = list_value(items_, out_.arena);
    }
    return true;
  }

  // Records mostly have the same keys at the same places.
  std::uint32_t find_member(std::size_t slot, std::uint32_t record) {
    if (tree_.at(record).kind != JsonNode::Kind::object) return 0;
    const std::string_view key = plan_.references[slot].path.segments[0].selectors[0].name;
    const std::uint32_t guess = record + hints_[slot];
    if (tree_.repeated().empty() && hints_[slot] != 0 && guess < tree_.size() &&
        tree_.at(guess).parent == record && tree_.at(guess).key() == key) {
      return guess;
    }
    const std::uint32_t found = tree_.find(record, key);
    if (found != 0) hints_[slot] = found - record;
    return found;
  }

  bool value(const JsonPlan::Reference& reference, std::uint32_t index, Value& into) {
    const JsonNode& node = tree_.at(index);
    switch (node.kind) {
      case JsonNode::Kind::null:
        return true;
      case JsonNode::Kind::boolean:
        into = Value::of(node.text(), ValueType::boolean);
        return true;
      case JsonNode::Kind::number:
        into = Value::of(node.text(), number_type(node.text()));
        return true;
      case JsonNode::Kind::string:
        if (!is_null(node.text())) into = Value::of(node.text());
        return true;
      case JsonNode::Kind::array:
      case JsonNode::Kind::object:
        break;
    }
    if (plan_.options.structures) {
      into = Value::of(node.text());
      return true;
    }
    report_structure(reference, node);
    return false;
  }

  bool is_null(std::string_view text) const {
    if (text.empty()) return plan_.options.empty_is_null;
    return std::ranges::find(plan_.options.nulls, text) != plan_.options.nulls.end();
  }

  void report_structure(const JsonPlan::Reference& reference, const JsonNode& node) {
    const bool array = node.kind == JsonNode::Kind::array;
    diagnostics_.report(make_diagnostic(
        code::json_structure, places_.at(at_ + node.begin),
        fmt::format("the reference {} gives {} where a value is wanted",
                    printable(reference.text, 80), kind_name(node.kind)),
        array ? fmt::format("{}[*] gives its items", printable(reference.text, 80))
              : fmt::format("{}.NAME gives one of its members", printable(reference.text, 80))));
  }

  const JsonPlan& plan_;
  RecordBatch& out_;
  DiagnosticSink& diagnostics_;
  std::string_view text_;
  BlockPlaces places_;
  JsonTree tree_;
  JsonPathEvaluator paths_;
  RecordCounts counts_;
  std::size_t at_ = 0;  // in text_
  std::vector<std::uint32_t> records_;
  std::vector<std::uint32_t> found_;
  std::vector<std::uint32_t> hints_;  // by slot: distance of its node from the record's
  std::vector<Value> items_;
};

}  // namespace

Expected<RecordCounts> parse_json_block(const JsonPlan& plan, RecordBlock block, RecordBatch& out,
                                        DiagnosticSink& diagnostics) {
  out.slots = plan.references.size();
  out.values.clear();
  out.offsets.clear();
  out.arena = Arena();
  out.block = std::move(block);
  return JsonBlockParser(plan, out, diagnostics).run();
}

}  // namespace dossier
