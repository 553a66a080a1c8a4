#include "sources/json_records.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "sources/json_block.hpp"

namespace dossier {
namespace {

std::unexpected<Error> path_error(std::string_view what, std::string_view text,
                                  const JsonPathError& error, const std::string& source) {
  return fail(code::json_path_syntax, {source},
              fmt::format("the {} {} is not a JSONPath: {}, at character {}", what,
                          printable(text, 200), error.message, error.offset + 1),
              "RFC 9535; a key with other characters than letters, digits and _ stands in "
              "brackets and quotes: $['first-name']");
}

// How many segments lead to the streamed container and through it: names, then a wildcard. 0: the
// path cannot be streamed.
std::size_t streamed_segments(const JsonPath& path) {
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    const JsonSegment& segment = path.segments[i];
    if (segment.descendant || segment.selectors.size() != 1) return 0;
    const JsonSelector& selector = segment.selectors[0];
    if (selector.kind == JsonSelector::Kind::wildcard) return i + 1;
    if (selector.kind != JsonSelector::Kind::name) return 0;
  }
  return 0;
}

// Filters may look at the whole document ($ inside of them), which streaming does not have.
bool looks_at_root(const JsonFilter& filter);
bool looks_at_root(const JsonPath& path) {
  return std::ranges::any_of(path.segments, [](const JsonSegment& segment) {
    return std::ranges::any_of(segment.selectors, [](const JsonSelector& selector) {
      return selector.filter != nullptr && looks_at_root(*selector.filter);
    });
  });
}
// Recursion: as deep as the parser of paths allowed.
bool looks_at_root(const JsonFilter& filter) {
  const bool has_query = filter.op == JsonFilter::Op::query ||
                         filter.op == JsonFilter::Op::exists ||
                         filter.op == JsonFilter::Op::count || filter.op == JsonFilter::Op::value;
  if (has_query && (!filter.query.relative || looks_at_root(filter.query))) return true;
  return std::ranges::any_of(filter.children,
                             [](const JsonFilter& child) { return looks_at_root(child); });
}

class JsonReader final : public RecordReader {
 public:
  JsonReader(std::unique_ptr<ByteSource> source, const JsonOptions& options, const Limits& limits,
             std::size_t block_bytes)
      : RecordReader(source->name()),
        plan_{.name = name(), .options = options, .limits = limits},
        splitter_(std::move(source), plan_.limits, block_bytes) {}

  Expected<void> open(std::span<const std::string> wanted) {
    const std::string_view iterator = plan_.options.iterator;
    auto path =
        parse_json_path(iterator.empty() ? "$" : iterator, plan_.limits.max_expression_depth);
    if (!path) return path_error("iterator", iterator, path.error(), name());
    for (const std::string& text : wanted) {
      auto reference = parse_json_reference(text, plan_.limits.max_expression_depth);
      if (!reference) return path_error("reference", text, reference.error(), name());
      add_reference(text, std::move(*reference));
    }
    return start(std::move(*path));
  }

  Expected<std::optional<RecordBlock>> next() override { return splitter_.next(); }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink& diagnostics) const override {
    return parse_json_block(plan_, std::move(block), out, diagnostics);
  }

 private:
  void add_reference(const std::string& text, JsonPath path) {
    JsonPlan::Reference reference{.text = text, .path = std::move(path)};
    reference.one_name = reference.path.segments.size() == 1 && reference.path.singular() &&
                         reference.path.segments[0].selectors[0].kind == JsonSelector::Kind::name;
    plan_.references.push_back(std::move(reference));
  }

  Expected<void> start(JsonPath path) {
    const TextEncoding encoding = plan_.options.encoding;
    const std::size_t streamed = looks_at_root(path) ? 0 : streamed_segments(path);
    Expected<void> opened;
    if (plan_.options.lines) {
      opened = splitter_.open_lines(encoding);
    } else if (streamed == 0) {
      opened = splitter_.open_document(encoding);
    } else {
      std::vector<std::string> keys;
      for (std::size_t i = 0; i + 1 < streamed; ++i) {
        keys.push_back(path.segments[i].selectors[0].name);
      }
      path.segments.erase(path.segments.begin(),
                          path.segments.begin() + static_cast<std::ptrdiff_t>(streamed));
      opened = splitter_.open_elements(encoding, keys);
    }
    plan_.iterator = std::move(path);
    plan_.shape = splitter_.shape();
    return opened;
  }

  JsonPlan plan_;
  JsonSplitter splitter_;
};

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_json(std::unique_ptr<ByteSource> source,
                                                  const JsonOptions& options,
                                                  std::span<const std::string> wanted,
                                                  const Limits& limits, std::size_t block_bytes) {
  auto reader = std::make_unique<JsonReader>(std::move(source), options, limits, block_bytes);
  const Expected<void> opened = reader->open(wanted);
  if (!opened) return std::unexpected(opened.error());
  return reader;
}

}  // namespace dossier
