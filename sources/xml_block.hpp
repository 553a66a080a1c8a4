// A block of XML -> a batch of records: the parallel half of the XML reader. An XmlPlan is made
// once when the source is opened and then shared by all threads. pugixml parses the block in place;
// it has passed expat before.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sources/xml_fields.hpp"
#include "sources/xml_records.hpp"

namespace dossier {

// An XPath of pugixml; one object serves all threads.
class XmlQuery {
 public:
  // The failure says what is no XPath, and where.
  static Expected<XmlQuery> compile(const std::string& xpath, std::string_view what,
                                    const std::string& source, const Limits& limits);
  XmlQuery(XmlQuery&&) noexcept;
  XmlQuery& operator=(XmlQuery&&) noexcept;
  ~XmlQuery();

  struct Compiled;
  const Compiled& compiled() const { return *compiled_; }

 private:
  explicit XmlQuery(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

struct XmlPlan {
  struct Reference {
    std::optional<SimpleXmlReference> simple;
    std::optional<XmlQuery> query;  // when it is not simple
    bool markup = false;            // neither: kXmlMarkup
  };

  std::string name;  // of the source
  XmlOptions options;
  Limits limits;
  std::size_t streamed_depth = 0;    // steps of the iterator when records are streamed
  std::optional<XmlQuery> iterator;  // when they are not
  bool is_record = false;            // a block is one record as kXmlMarkup gives it
  std::vector<Reference> references;
  XmlFields fields;  // of the simple ones that do not lead upwards

  // The failure says what is no XPath.
  Expected<void> add_reference(const std::string& text);
};

Expected<RecordCounts> parse_xml_block(const XmlPlan& plan, RecordBlock block, RecordBatch& out,
                                       DiagnosticSink& diagnostics);

// Items inside records, or inside texts that are XML: the plan is as for a source, its iterator
// begins at the record's element, or at the document that the text is. Thread-safe.
class XmlItems {
 public:
  static Expected<XmlItems> compile(const std::string& iterator, const std::string& source,
                                    XmlOptions options, bool in_record, const Limits& limits);
  Expected<void> add_reference(const std::string& text) { return plan_.add_reference(text); }
  Expected<void> parse(std::string_view text, RecordBatch& out, DiagnosticSink& diagnostics) const;

 private:
  XmlPlan plan_;
};

}  // namespace dossier
