#include "sources/xml_splitter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "sources/xml_encoding.hpp"

namespace dossier {
namespace {

constexpr std::size_t kWindowBytes = std::size_t{64} << 10;
// The namespace of a step whose prefix is not declared: it is compared as written.
const std::string kAsWritten(1, '\0');

std::string qualified(const XmlName& name) {
  if (name.prefix.empty()) return std::string(name.local);
  return fmt::format("{}:{}", name.prefix, name.local);
}

void append_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        out += c;
    }
  }
}

void append(std::vector<char>& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

}  // namespace

XmlSplitter::XmlSplitter(std::unique_ptr<ByteSource> source, const Limits& limits,
                         std::size_t block_bytes)
    : source_(std::move(source)),
      name_(source_->name()),
      limits_(limits),
      block_bytes_(std::max<std::size_t>(block_bytes, 1)) {
  limits_.max_document_bytes = std::min<std::size_t>(limits.max_document_bytes, UINT32_MAX);
  limits_.max_record_bytes = std::min<std::size_t>(limits.max_record_bytes, UINT32_MAX);
}

Expected<void> XmlSplitter::open(std::optional<TextEncoding> encoding, std::vector<XmlStep> steps,
                                 const std::map<std::string, std::string>& namespaces) {
  steps_ = std::move(steps);
  for (const XmlStep& step : steps_) {
    const auto declared = namespaces.find(step.prefix);
    const std::string as_written = step.prefix.empty() ? std::string() : kAsWritten;
    step_spaces_.push_back(declared == namespaces.end() ? as_written : declared->second);
  }
  std::string first(kXmlDeclarationBytes, '\0');
  const Expected<std::size_t> n = source_->read(first);
  if (!n) return std::unexpected(n.error());
  first.resize(*n);
  if (!encoding) {
    const XmlEncoding found = find_xml_encoding(first);
    if (!found.encoding) {
      return fail(code::xml_encoding, {name_, 1, 1, {}},
                  fmt::format("the XML declaration says encoding=\"{}\", which is not known or "
                              "not that of the file",
                              printable(found.declared, 40)),
                  "convert the file, or name the encoding in the source");
    }
    encoding = found.encoding;
  }
  window_.emplace(put_back(std::move(first), std::move(source_)),
                  std::min(kWindowBytes, block_bytes_));
  if (const Expected<void> started = window_->start(*encoding); !started) return started;
  base_ = fed_ = window_->offset();
  Limits tree_limits = limits_;
  tree_limits.max_depth = limits_.max_tree_depth;
  events_.emplace(
      name_, tree_limits, *this,
      XmlEventOptions{.borders_only = true, .utf8 = true, .depth_limit = "max-tree-depth"});
  return {};
}

Expected<std::optional<RecordBlock>> XmlSplitter::next() {
  if (finished_) return std::nullopt;
  const auto unfinished = [this] {
    return steps_.empty() || (rewriting_ && in_record_) || block_.bytes.size() < block_bytes_;
  };
  while (!ended_ && unfinished()) {
    if (const Expected<void> read = read_on(); !read) return std::unexpected(read.error());
  }
  finished_ = ended_;
  if (ended_) note_missing();
  const bool nothing = block_.bytes.empty() && block_.notices.empty();
  if (finished_ && nothing && !(steps_.empty() && !rewriting_)) return std::nullopt;
  return hand_out();
}

// Feeds expat and drops what is no longer needed.
Expected<void> XmlSplitter::read_on() {
  if (rewriting_) {
    if (const Expected<void> small = check_growth(); !small) return small;
  }
  const std::size_t had = window_->text().size();
  Expected<void> filled = window_->fill();
  if (filled && window_->text().size() == had && !window_->ended()) {
    if (const Expected<void> small = check_growth(); !small) return small;
    filled = window_->grow();
  }
  if (!filled) return filled;
  const std::string_view text = window_->text();
  const std::string_view fresh = text.substr(static_cast<std::size_t>(fed_ - window_->offset()));
  fed_ += fresh.size();
  ended_ = window_->ended();
  if (const Expected<void> read = events_->feed(fresh, ended_); !read) return read;
  if (steps_.empty() && !rewriting_) return {};  // the whole document is wanted
  const std::uint64_t unused = ended_ ? fed_ : base_ + events_->offset();
  const std::uint64_t keep = in_record_ && !rewriting_ ? record_begin_ : unused;
  window_->advance(static_cast<std::size_t>(std::max(keep, window_->offset()) - window_->offset()));
  return {};
}

Expected<void> XmlSplitter::check_growth() const {
  const bool whole = steps_.empty();
  const std::size_t most = whole ? limits_.max_document_bytes : limits_.max_record_bytes;
  if (window_->text().size() <= most && block_.bytes.size() <= most) return {};
  return fail(code::limit_exceeded, window_->place(0),
              fmt::format("{} is larger than {} bytes ({})", whole ? "the document" : "a record",
                          with_separators(most), whole ? "max-document-bytes" : "max-record-bytes"),
              whole ? "an iterator like /a/b is streamed when the references stay in the "
                      "record; else raise the limit with --limit max-document-bytes=N"
                    : "raise the limit with --limit max-record-bytes=N");
}

bool XmlSplitter::matches(const XmlStep& step, const XmlName& name) const {
  const std::string& space = step_spaces_[static_cast<std::size_t>(&step - steps_.data())];
  if (step.name == "*") return true;
  if (step.name != name.local) return false;
  return space == kAsWritten ? step.prefix == name.prefix : space == name.space;
}

std::string_view XmlSplitter::source_text(std::uint64_t begin, std::uint64_t end) const {
  return window_->text().substr(static_cast<std::size_t>(begin - window_->offset()),
                                static_cast<std::size_t>(end - begin));
}

void XmlSplitter::doctype(std::string_view system_id, bool internal_subset) {
  rewriting_ = internal_subset;
  if (system_id.empty()) return;
  Diagnostic warning =
      make_diagnostic(code::xml_external, events_->place(),
                      fmt::format("the DTD {} is not read", printable(system_id, 80)),
                      "what it declares is not known here: defaults of attributes, entities");
  warning.severity = Severity::warning;
  block_.notices.push_back(std::move(warning));
}

void XmlSplitter::namespace_declared(std::string_view prefix, std::string_view iri) {
  if (rewriting_) declared_.emplace_back(prefix, iri);
}

void XmlSplitter::start_element(const XmlName& name, std::span<const XmlAttribute> attributes) {
  ++depth_;
  if (depth_ == 1) {
    root_space_ = name.space;
    root_name_ = qualified(name);
  }
  if (copies()) {
    std::string tag;
    write_start_tag(name, attributes, tag);
    append(block_.bytes, tag);
    declared_.clear();
    if (steps_.empty()) block_.record_offsets.push_back(base_ + events_->offset());
    return;
  }
  const bool step = !in_record_ && matched_ + 1 == depth_ && depth_ <= steps_.size() &&
                    matches(steps_[depth_ - 1], name);
  if (step) {
    ++matched_;
    std::string tag;
    const std::uint64_t begin = base_ + events_->offset();
    if (rewriting_) write_start_tag(name, attributes, tag);
    if (matched_ == steps_.size()) {
      record_begin_ = begin;
      begin_record();
      append(block_.bytes, tag);
    } else {
      if (!rewriting_) tag = source_text(begin, begin + events_->size());
      around_.push_back({std::move(tag), qualified(name)});
      around_changed_ = true;
    }
  }
  declared_.clear();
}

void XmlSplitter::end_element(const XmlName& name) {
  if (copies()) append(block_.bytes, fmt::format("</{}>", qualified(name)));
  if (matched_ == depth_ && depth_ > 0) {
    if (in_record_) {
      end_record();
    } else {
      around_.pop_back();
      around_changed_ = true;
    }
    --matched_;
  }
  --depth_;
}

void XmlSplitter::text(std::string_view text) {
  if (!copies()) return;
  std::string escaped;
  append_escaped(text, escaped);
  append(block_.bytes, escaped);
}

void XmlSplitter::begin_record() {
  in_record_ = true;
  if (rewriting_) {
    open_group();
  } else {
    events_->skip_content();
  }
}

void XmlSplitter::end_record() {
  in_record_ = false;
  if (!rewriting_) {
    open_group();
    append(block_.bytes, source_text(record_begin_, base_ + events_->offset() + events_->size()));
  }
  block_.record_offsets.push_back(record_begin_);
  ++records_;
}

// Puts the start tags of the elements around before the next record, if they are not there yet.
void XmlSplitter::open_group() {
  if (group_open_ && !around_changed_) return;
  around_changed_ = false;
  std::string tags;
  for (const Around& element : around_) tags += element.start_tag;
  if (group_open_ && tags == group_) return;
  close_group();
  append(block_.bytes, tags);
  group_ = std::move(tags);
  group_end_.clear();
  for (auto element = around_.rbegin(); element != around_.rend(); ++element) {
    group_end_ += fmt::format("</{}>", element->name);
  }
  group_open_ = true;
}

void XmlSplitter::close_group() {
  if (group_open_) append(block_.bytes, group_end_);
  group_open_ = false;
}

void XmlSplitter::write_start_tag(const XmlName& name, std::span<const XmlAttribute> attributes,
                                  std::string& out) {
  out += '<';
  out += qualified(name);
  const auto write = [&](std::string_view attribute, std::string_view value) {
    out += ' ';
    out += attribute;
    out += "=\"";
    append_escaped(value, out);
    out += '"';
  };
  for (const auto& [prefix, iri] : declared_) {
    write(prefix.empty() ? "xmlns" : "xmlns:" + prefix, iri);
  }
  for (const XmlAttribute& attribute : attributes) {
    write(qualified(attribute.name), attribute.value);
  }
  out += '>';
}

RecordBlock XmlSplitter::hand_out() {
  if (steps_.empty() && !rewriting_) {
    RecordBlock whole = window_->take(window_->text().size());
    whole.notices = std::move(block_.notices);
    whole.last = true;
    return whole;
  }
  // A record that is being rewritten stays behind.
  close_group();
  RecordBlock out = std::move(block_);
  block_ = RecordBlock();
  out.first_record = records_out_;
  out.first_line = 0;
  out.offset = out.record_offsets.empty() ? base_ : out.record_offsets.front();
  out.last = finished_;
  records_out_ = records_;
  return out;
}

// The most common mistake with namespaces.
void XmlSplitter::note_missing() {
  if (steps_.empty() || records_ > 0 || root_space_.empty()) return;
  block_.notices.push_back(make_diagnostic(
      code::xml_namespace, {name_},
      fmt::format("the iterator found no element; the root <{}> is in the namespace {}",
                  printable(root_name_, 80), printable(root_space_, 200)),
      "declare a prefix for the namespace in the mapping and write it before the names"));
}

}  // namespace dossier
