#include "sources/linkml_schema.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/schemas.hpp"
#include "base/text.hpp"
#include "graph/iri.hpp"
#include "graph/prefixes.hpp"
#include "graph/vocabulary.hpp"
#include "sources/linkml_keys.hpp"

namespace dossier {
namespace {

constexpr std::string_view kLinkmlNamespace = "https://w3id.org/linkml/";

struct LinkmlSection {
  std::string_view key;
  LinkmlKind kind;
};
constexpr LinkmlSection kSections[] = {{"types", LinkmlKind::type},
                                       {"enums", LinkmlKind::enumeration},
                                       {"slots", LinkmlKind::slot},
                                       {"classes", LinkmlKind::cls}};

constexpr LinkmlBuiltInType kBuiltInTypes[] = {
    {"string", "http://www.w3.org/2001/XMLSchema#string"},
    {"integer", "http://www.w3.org/2001/XMLSchema#integer"},
    {"boolean", "http://www.w3.org/2001/XMLSchema#boolean"},
    {"float", "http://www.w3.org/2001/XMLSchema#float"},
    {"double", "http://www.w3.org/2001/XMLSchema#double"},
    {"decimal", "http://www.w3.org/2001/XMLSchema#decimal"},
    {"time", "http://www.w3.org/2001/XMLSchema#time"},
    {"date", "http://www.w3.org/2001/XMLSchema#date"},
    {"datetime", "http://www.w3.org/2001/XMLSchema#dateTime"},
    {"date_or_datetime", "https://w3id.org/linkml/DateOrDatetime"},
    {"uriorcurie", "http://www.w3.org/2001/XMLSchema#anyURI"},
    {"curie", "http://www.w3.org/2001/XMLSchema#string"},
    {"uri", "http://www.w3.org/2001/XMLSchema#anyURI"},
    {"ncname", "http://www.w3.org/2001/XMLSchema#string"},
    {"objectidentifier", "http://www.w3.org/ns/shex#iri"},
    {"nodeidentifier", "http://www.w3.org/ns/shex#nonLiteral"},
    {"jsonpointer", "http://www.w3.org/2001/XMLSchema#string"},
    {"jsonpath", "http://www.w3.org/2001/XMLSchema#string"},
    {"sparqlpath", "http://www.w3.org/2001/XMLSchema#string"},
};

std::vector<std::string> blank_separated(std::string_view name) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char c : name) {
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (!blank && !in_word) words.emplace_back();
    if (!blank) words.back() += c;
    in_word = !blank;
  }
  return words;
}

}  // namespace

std::span<const LinkmlBuiltInType> linkml_types() {
  return kBuiltInTypes;
}

std::string linkml_class_name(std::string_view name) {
  std::string out;
  for (std::string word : blank_separated(name)) {
    if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
    out += word;
  }
  return out;
}

std::string linkml_slot_name(std::string_view name) {
  return fmt::format("{}", fmt::join(blank_separated(name), "_"));
}

// Blanks and underscores are one in the names of LinkML.
const LinkmlElement* LinkmlElements::find(std::string_view name) const {
  const auto found = by_name_.find(linkml_slot_name(name));
  return found == by_name_.end() ? nullptr : &all_[found->second];
}

std::vector<std::string_view> LinkmlElements::names() const {
  std::vector<std::string_view> out;
  for (const LinkmlElement& each : all_) out.push_back(each.name);
  return out;
}

const LinkmlElement* LinkmlElements::add(LinkmlElement element) {
  const auto [at, added] = by_name_.emplace(linkml_slot_name(element.name), all_.size());
  if (!added) return &all_[at->second];
  all_.push_back(std::move(element));
  return nullptr;
}

Expected<void> LinkmlSchema::load(YamlNode root) {
  if (auto done = add_file(root.place().file, root); !done) return done;
  // files_ grows while imports are followed.
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const YamlNode* const imports = files_[i].root.find("imports");
    if (imports == nullptr) continue;
    for (const YamlNode import : SchemaReader::items(*imports)) {
      if (auto done = follow(import, i); !done) return done;
    }
  }
  // What is imported comes first, as if it had been written above.
  for (std::size_t i = files_.size(); i-- > 0;) read_elements(i);
  return {};
}

Expected<void> LinkmlSchema::add_file(const std::filesystem::path& path, YamlNode root) {
  const auto same = std::ranges::find(files_, path.lexically_normal(), &LinkmlFile::path);
  if (same != files_.end()) return {};
  if (!root.is_mapping()) {
    reader_.unwanted(root, "a LinkML schema");
    return {};
  }
  LinkmlFile& file = files_.emplace_back();
  file.path = path.lexically_normal();
  file.root = root;
  reader_.check_keys(root, "a schema", linkml_schema_keys());
  read_prefixes(file);
  file.default_range = reader_.text_of(root, "default_range");
  return {};
}

Expected<void> LinkmlSchema::follow(YamlNode import, std::size_t file) {
  const std::string name = reader_.text(import, "the name of a schema");
  if (name.empty() || name == "linkml:types") return {};
  const auto cannot = [&](std::string message, std::string hint) {
    reader_.report(code::schema_import, import, std::move(message), std::move(hint));
    return Expected<void>();
  };
  if (name.find("://") != std::string::npos || name.find(':') != std::string::npos) {
    return cannot(fmt::format("imports {}, which is no file here", printable(name, kShownBytes)),
                  "save it beside this file, and import it by its name");
  }
  std::filesystem::path path = files_[file].path.parent_path() / name;
  if (path.extension() != ".yaml" && path.extension() != ".yml") path += ".yaml";
  Expected<const YamlDocument*> opened =
      reader_.host().open(path.lexically_normal(), import.place());
  if (!opened) return std::unexpected(opened.error());
  if (*opened == nullptr) {
    return cannot(fmt::format("imports {}, but there is no file {}", printable(name, kShownBytes),
                              printable(path.lexically_normal().string(), 200)),
                  "names of imports are relative to the file that imports");
  }
  return add_file(path, (*opened)->root());
}

void LinkmlSchema::read_prefixes(LinkmlFile& file) {
  file.prefixes.emplace("linkml", kLinkmlNamespace);
  if (const YamlNode* const prefixes = file.root.find("prefixes"); prefixes != nullptr) {
    if (!prefixes->is_mapping() && !prefixes->is_null()) reader_.unwanted(*prefixes, "name: IRI");
    for (const auto& [name, value] : prefixes->entries()) {
      const YamlNode* const reference =
          value.is_mapping() ? value.find("prefix_reference") : &value;
      const std::string iri =
          reference == nullptr ? std::string() : reader_.text(*reference, "an IRI");
      if (!iri.empty()) file.prefixes[std::string(name.text())] = iri;
    }
  }
  for (const auto& [name, iri] : file.prefixes) {
    if (name != "linkml") reader_.sink().prefix(name, iri);
  }
  const std::string written = reader_.text_of(file.root, "default_prefix");
  if (const auto found = file.prefixes.find(written); found != file.prefixes.end()) {
    file.default_namespace = found->second;
  } else if (is_absolute_reference(written)) {
    file.default_namespace = written;
  } else if (!written.empty()) {
    reader_.report(code::schema_prefix, *file.root.find("default_prefix"),
                   fmt::format("the prefix {} is not declared", printable(written, kShownBytes)),
                   "declare it under prefixes");
  }
  if (file.default_namespace.empty()) {
    const std::string id = reader_.text_of(file.root, "id");
    file.default_namespace = is_absolute_reference(id) ? id : "https://example.org/schema";
    if (!file.default_namespace.ends_with('/') && !file.default_namespace.ends_with('#')) {
      file.default_namespace += '/';
    }
  }
}

void LinkmlSchema::read_elements(std::size_t file) {
  for (const LinkmlSection& section : kSections) {
    const YamlNode* const node = files_[file].root.find(section.key);
    if (node == nullptr || node->is_null()) continue;
    if (node->is_mapping()) {
      for (const auto& [key, body] : node->entries()) {
        add_element(section.kind, std::string(key.text()), key, body, file);
      }
    } else if (node->is_sequence()) {
      for (const YamlNode item : node->items()) {
        const YamlNode* const key = item.is_mapping() ? item.find("name") : &item;
        if (key == nullptr || !key->is_scalar()) {
          reader_.unwanted(item, "a definition with a name");
          continue;
        }
        add_element(section.kind, std::string(key->text()), *key,
                    item.is_mapping() ? item : YamlNode(), file);
      }
    } else {
      reader_.unwanted(*node, fmt::format("the {} by their names", section.key));
    }
  }
}

void LinkmlSchema::add_element(LinkmlKind kind, std::string name, YamlNode key, YamlNode body,
                               std::size_t file) {
  if (!body.is_null() && !body.is_mapping())
    return reader_.unwanted(body, "the keys of a definition");
  LinkmlElement element{std::move(name), key, body, file, {}};
  const YamlNode* uri = nullptr;
  switch (kind) {
    case LinkmlKind::cls:
      reader_.check_keys(body, "a class", linkml_class_keys());
      uri = body.find("class_uri");
      element.iri = linkml_class_name(element.name);
      break;
    case LinkmlKind::slot:
      reader_.check_keys(body, "a slot", linkml_slot_keys());
      uri = body.find("slot_uri");
      element.iri = linkml_slot_name(element.name);
      break;
    case LinkmlKind::enumeration:
      reader_.check_keys(body, "an enumeration", linkml_enum_keys());
      uri = body.find("enum_uri");
      element.iri = linkml_class_name(element.name);
      break;
    case LinkmlKind::type:
      reader_.check_keys(body, "a type", linkml_type_keys());
      uri = body.find("uri");
      break;
  }
  if (uri != nullptr && !uri->is_null()) {
    element.iri = expand(*uri, reader_.text(*uri, "an IRI or prefix:name"), file);
  } else if (!element.iri.empty()) {
    element.iri = files_[file].default_namespace + element.iri;
  }
  const YamlNode at = element.key;
  if (const LinkmlElement* const first =
          elements_[static_cast<std::size_t>(kind)].add(std::move(element))) {
    reader_.report(code::schema_bad_value, at,
                   fmt::format("{} is defined twice", printable(first->name, kShownBytes)),
                   fmt::format("the other stands at {}", to_string(first->key.place())));
  }
}

std::string LinkmlSchema::expand(YamlNode at, std::string_view written, std::size_t file) const {
  if (written.empty()) return {};
  const std::size_t colon = written.find(':');
  if (colon == std::string_view::npos) {
    return files_[file].default_namespace + std::string(written);
  }
  const std::string_view prefix = written.substr(0, colon);
  const auto found = files_[file].prefixes.find(prefix);
  if (found != files_[file].prefixes.end()) {
    return found->second + std::string(written.substr(colon + 1));
  }
  if (written.substr(colon).starts_with("://") || prefix == "urn") return std::string(written);
  if (const auto known = Prefixes::well_known().expand(written)) return *known;
  std::vector<std::string_view> names;
  for (const auto& [name, iri] : files_[file].prefixes) names.push_back(name);
  const auto near = nearest_name(prefix, names);
  reader_.report(code::schema_prefix, at,
                 fmt::format("the prefix {} is not declared", printable(prefix, kShownBytes)),
                 near ? fmt::format("did you mean {}?", *near) : "declare it under prefixes");
  return {};
}

}  // namespace dossier
