#include "sources/schema.hpp"

#include <algorithm>

#include "base/codes/schemas.hpp"
#include "sources/ftm_reader.hpp"
#include "sources/linkml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kLinkmlSections[] = {"classes", "slots", "enums", "types", "imports"};
constexpr std::string_view kLinkmlNames[] = {"id", "name", "prefixes", "default_prefix"};
constexpr std::string_view kFtmMarks[] = {"extends", "properties", "label", "featured", "edge"};

bool has_one(YamlNode map, std::span<const std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) { return map.find(key) != nullptr; });
}

}  // namespace

std::optional<SchemaLanguage> schema_language(YamlNode root) {
  if (!root.is_mapping()) return std::nullopt;
  if (has_one(root, kLinkmlSections) && has_one(root, kLinkmlNames)) return SchemaLanguage::linkml;
  const bool schemata =
      !root.entries().empty() && std::ranges::all_of(root.entries(), [](const YamlEntry& each) {
        return each.value.is_mapping() && has_one(each.value, kFtmMarks);
      });
  if (schemata) return SchemaLanguage::follow_the_money;
  return std::nullopt;
}

Expected<void> read_schema(const YamlDocument& document, const SchemaHost& host,
                           StatementSinkRef sink, DiagnosticSink& diagnostics,
                           const Limits& limits) {
  const YamlNode root = document.root();
  const std::optional<SchemaLanguage> language = schema_language(root);
  if (!language) {
    return fail(code::schema_language, root.place(),
                root.is_null() ? "the file is empty, wanted a schema"
                               : "is neither a LinkML schema nor one of FollowTheMoney",
                "LinkML wants id, name and classes; FollowTheMoney schemata by their names");
  }
  SchemaReader reader(host, sink, diagnostics);
  if (*language == SchemaLanguage::linkml) return LinkmlReader(reader, limits).read(root);
  return FtmReader(reader, limits).read(root);
}

}  // namespace dossier
