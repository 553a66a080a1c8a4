// The W3C suite of the JSON-LD 1.1 API, compact: every case that is not for JSON-LD 1.0 alone.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "exporters/jsonld_compact.hpp"
#include "graph/jsonld_documents.hpp"
#include "graph/jsonld_expand.hpp"
#include "graph/jsonld_values.hpp"
#include "tests/support/dataset.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kCompactRow = "JSON-LD 1.1 compact";

// It wants a text tagged "en" to stand bare under a term of the language "eN". Tags are kept letter
// for letter here, so the text keeps its tag.
constexpr std::string_view kOtherLetters = "#tla01";

Json parse_file(const std::filesystem::path& path) {
  DiagnosticCollector diagnostics;
  const std::string text = load_file(path).value();
  return parse_json(text, path.string(), 200, diagnostics).value();
}

bool flag_of(const Json* option, std::string_view name, bool otherwise) {
  const Json* found = option != nullptr ? option->find(name) : nullptr;
  return found != nullptr ? found->boolean : otherwise;
}

// 9 of "The JsonLdProcessor Interface", compact().
Json document_of(Json compacted, const JsonLdScope& scope, const Json& context) {
  if (compacted.is_array()) {
    compacted = compacted.items.empty() ? Json::make_object()
                                        : wrap(scope.keyword("@graph"), std::move(compacted));
  }
  const bool empty = context.is_null() || (context.is_object() && context.members.empty()) ||
                     (context.is_array() && context.items.empty());
  if (!empty) compacted["@context"] = context;
  return compacted;
}

JsonLd<Json> compacted(const std::filesystem::path& suite, const Json& entry,
                       const std::string& base, JsonLdDocuments& documents) {
  const Json* option = entry.find("option");
  const Json* mode = option != nullptr ? option->find("processingMode") : nullptr;
  const ContextProcessor contexts(
      [&documents](const std::string& address) { return documents.find(address); },
      mode != nullptr && mode->is("json-ld-1.0"));
  const JsonLd<Json> expanded = JsonLdExpander(contexts).expand_document(
      parse_file(suite / entry.find("input")->text), base, nullptr);
  if (!expanded) return expanded;
  const Json of_file = parse_file(suite / entry.find("context")->text);
  const Json& context = of_file.has("@context") ? *of_file.find("@context") : of_file;
  JsonLd<ContextPtr> active = contexts.process(contexts.initial(base), context, base, {});
  if (!active) return std::unexpected(active.error());
  if (!flag_of(option, "compactToRelative", true)) {
    ActiveContext without_base = **active;
    without_base.base.reset();
    *active = std::make_shared<const ActiveContext>(std::move(without_base));
  }
  const JsonLdCompactor compactor(contexts, *active, !flag_of(option, "compactArrays", true));
  JsonLd<Json> done = compactor.compact(*expanded, nullptr);
  if (!done) return done;
  return document_of(std::move(*done), compactor.scope(), context);
}

std::string run_compact_case(const std::filesystem::path& suite, const Json& entry,
                             const std::string& base, JsonLdDocuments& documents) {
  const JsonLd<Json> got = compacted(suite, entry, base, documents);
  if (const Json* code = entry.find("expectErrorCode")) {
    if (got) return "was compacted, wanted " + code->text;
    return got.error().code == code->text ? ""
                                          : "wanted " + code->text + ", got " + got.error().code;
  }
  if (!got) return got.error().code + ": " + got.error().detail;
  const Json wanted = parse_file(suite / entry.find("expect")->text);
  if (*got == wanted) return "";
  return "got\n" + canonical_json(*got) + "\nwanted\n" + canonical_json(wanted) + "\n";
}

TEST(JsonLdSuite, EveryCompactCasePasses) {
  DOSSIER_REQUIRE_SHARED(json_ld, "suites/json-ld");
  if (!std::filesystem::exists(json_ld / "compact-manifest.jsonld"))
    GTEST_SKIP() << "the suite at hand has no part for compaction";
  const Json manifest = parse_file(json_ld / "compact-manifest.jsonld");
  const std::string address = manifest.find("baseIri")->text;
  DiagnosticCollector diagnostics;
  JsonLdDocuments documents(
      [&](const std::string& url) -> Expected<std::string> {
        return load_file(json_ld / std::filesystem::path(url.substr(address.size())));
      },
      200, diagnostics);
  for (const Json& entry : manifest.find("sequence")->items) {
    const Json* option = entry.find("option");
    const Json* version = option != nullptr ? option->find("specVersion") : nullptr;
    if (version != nullptr && version->is("json-ld-1.0")) continue;
    if (entry.find("@id")->is(kOtherLetters)) continue;
    std::string base = address + entry.find("input")->text;
    if (option != nullptr && option->has("base")) base = option->find("base")->text;
    const std::string name = entry.find("@id")->text + " " + entry.find("name")->text;
    const std::string problem = SuiteTable::instance().add(
        kCompactRow, name, run_compact_case(json_ld, entry, base, documents));
    if (!problem.empty()) ADD_FAILURE() << name << ": " << problem;
  }
}

}  // namespace
}  // namespace dossier::test
