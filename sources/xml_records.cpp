#include "sources/xml_records.hpp"

#include <algorithm>

#include "sources/xml_block.hpp"
#include "sources/xml_splitter.hpp"

namespace dossier {
namespace {

class XmlReader final : public RecordReader {
 public:
  XmlReader(std::unique_ptr<ByteSource> source, const XmlOptions& options, const Limits& limits,
            std::size_t block_bytes)
      : RecordReader(source->name()),
        plan_{.name = name(), .options = options, .limits = limits},
        splitter_(std::move(source), plan_.limits, block_bytes) {
    if (plan_.options.iterator.empty()) plan_.options.iterator = "/*";
  }

  Expected<void> open(std::span<const std::string> wanted) {
    const std::string& iterator = plan_.options.iterator;
    for (const std::string& text : wanted) {
      if (auto added = plan_.add_reference(text); !added) return added;
    }
    Expected<XmlQuery> query = XmlQuery::compile(iterator, "iterator", name(), plan_.limits);
    if (!query) return std::unexpected(query.error());
    std::vector<XmlStep> steps;
    const auto stays = [](const std::string& text) {
      return text == kXmlMarkup || stays_in_record(text);
    };
    if (std::ranges::all_of(wanted, stays)) {
      steps = simple_xml_path(iterator).value_or(std::vector<XmlStep>());
    }
    plan_.streamed_depth = steps.size();
    if (steps.empty()) plan_.iterator = std::move(*query);
    return splitter_.open(plan_.options.encoding, std::move(steps), plan_.options.namespaces);
  }

  Expected<std::optional<RecordBlock>> next() override { return splitter_.next(); }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink& diagnostics) const override {
    return parse_xml_block(plan_, std::move(block), out, diagnostics);
  }

 private:
  XmlPlan plan_;
  XmlSplitter splitter_;
};

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_xml(std::unique_ptr<ByteSource> source,
                                                 const XmlOptions& options,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits, std::size_t block_bytes) {
  auto reader = std::make_unique<XmlReader>(std::move(source), options, limits, block_bytes);
  const Expected<void> opened = reader->open(wanted);
  if (!opened) return std::unexpected(opened.error());
  return reader;
}

}  // namespace dossier
