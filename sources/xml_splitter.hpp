// The sequential half of the XML reader: expat reads the source, and the record elements leave it
// in blocks that are XML of their own: the start tags around the records, the records, the end
// tags. Where nothing is streamed the whole document is one block. The bytes are those of the
// source, but written anew from the events in documents with an internal DTD subset, so that
// entities and default attributes are in them. 150 to 250 MB/s.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sources/record_window.hpp"
#include "sources/xml_events.hpp"
#include "sources/xml_path.hpp"

namespace dossier {

class XmlSplitter final : public XmlHandler {
 public:
  XmlSplitter(std::unique_ptr<ByteSource> source, const Limits& limits, std::size_t block_bytes);

  // With `steps` the elements there are streamed.
  Expected<void> open(std::optional<TextEncoding> encoding, std::vector<XmlStep> steps,
                      const std::map<std::string, std::string>& namespaces);
  Expected<std::optional<RecordBlock>> next();

 private:
  struct Around {
    std::string start_tag;
    std::string name;
  };

  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override;
  void end_element(const XmlName& name) override;
  void text(std::string_view text) override;
  void instruction(std::string_view, std::string_view) override {}
  void namespace_declared(std::string_view prefix, std::string_view iri) override;
  void doctype(std::string_view system_id, bool internal_subset) override;

  Expected<void> read_on();
  Expected<void> check_growth() const;
  bool matches(const XmlStep& step, const XmlName& name) const;
  bool copies() const { return rewriting_ && (steps_.empty() || in_record_); }
  std::string_view source_text(std::uint64_t begin, std::uint64_t end) const;
  void begin_record();
  void end_record();
  void open_group();
  void close_group();
  void write_start_tag(const XmlName& name, std::span<const XmlAttribute> attributes,
                       std::string& out);
  RecordBlock hand_out();
  void note_missing();

  std::unique_ptr<ByteSource> source_;  // until open()
  std::string name_;
  Limits limits_;
  std::size_t block_bytes_;
  std::optional<RecordWindow> window_;
  std::optional<XmlEvents> events_;
  std::uint64_t base_ = 0;  // offset of expat's first byte
  std::uint64_t fed_ = 0;   // offset up to which expat has read

  std::vector<XmlStep> steps_;
  std::vector<std::string> step_spaces_;  // namespace of each step; "\0" for a prefix as written
  std::size_t depth_ = 0;
  std::size_t matched_ = 0;     // steps that the open elements match
  std::vector<Around> around_;  // these elements, but for the record
  bool around_changed_ = false;
  bool rewriting_ = false;
  bool in_record_ = false;
  std::uint64_t record_begin_ = 0;
  std::vector<std::pair<std::string, std::string>> declared_;  // for the next start tag

  RecordBlock block_;
  std::string group_;      // start tags around the records at the end of block_
  std::string group_end_;  // their end tags
  bool group_open_ = false;
  std::uint64_t records_ = 0;  // up to the end of block_
  std::uint64_t records_out_ = 0;
  std::string root_space_;
  std::string root_name_;
  bool ended_ = false;
  bool finished_ = false;
};

}  // namespace dossier
