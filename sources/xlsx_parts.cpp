#include "sources/xlsx_parts.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

constexpr std::size_t kPartBlock = std::size_t{64} << 10;

// Names are compared without their namespaces: the strict and the transitional form differ there.
class PartHandler : public XmlHandler {
 public:
  void end_element(const XmlName&) override {}
  void text(std::string_view) override {}
  void instruction(std::string_view, std::string_view) override {}
  void namespace_declared(std::string_view, std::string_view) override {}
};

bool is_on(std::string_view flag) {
  return flag == "1" || flag == "true" || flag == "on";
}

struct Relation {
  std::string type;  // the last step of its IRI: "worksheet", "styles" ...
  std::string target;
};

// `xl/_rels/workbook.xml.rels`: by id.
class RelationHandler final : public PartHandler {
 public:
  explicit RelationHandler(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override {
    if (name.local != "Relationship" || part_attribute(attributes, "TargetMode") == "External")
      return;
    const std::string_view type = part_attribute(attributes, "Type");
    std::string target(
        (folder_ / part_attribute(attributes, "Target")).lexically_normal().string());
    if (target.starts_with('/')) target.erase(0, 1);
    relations[std::string(part_attribute(attributes, "Id"))] = {
        std::string(type.substr(type.rfind('/') + 1)), std::move(target)};
  }
  std::map<std::string, Relation> relations;

 private:
  std::filesystem::path folder_;
};

class WorkbookHandler final : public PartHandler {
 public:
  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override {
    if (name.local == "workbookPr") date1904 = is_on(part_attribute(attributes, "date1904"));
    if (name.local != "sheet") return;
    std::string id;
    for (const XmlAttribute& each : attributes) {
      if (each.name.local == "id" && !each.name.space.empty()) id = each.value;
    }
    sheets.push_back({std::string(part_attribute(attributes, "name")), std::move(id)});
  }
  std::vector<SheetPart> sheets;  // with ids of relations for parts
  bool date1904 = false;
};

class StyleHandler final : public PartHandler {
 public:
  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override {
    if (name.local == "numFmt") {
      own_[part_number(part_attribute(attributes, "numFmtId"))] =
          sheet_format(part_attribute(attributes, "formatCode"));
    } else if (name.local == "cellXfs") {
      in_cells_ = true;
    } else if (name.local == "xf" && in_cells_) {
      const std::uint64_t id = part_number(part_attribute(attributes, "numFmtId"));
      const auto own = own_.find(id);
      formats.push_back(own == own_.end() ? builtin_sheet_format(id) : own->second);
    }
  }
  void end_element(const XmlName& name) override {
    if (name.local == "cellXfs") in_cells_ = false;
  }
  std::vector<SheetFormat> formats;

 private:
  std::map<std::uint64_t, SheetFormat> own_;
  bool in_cells_ = false;
};

// Rich strings are put together; how they are pronounced (rPh) is left out.
class StringHandler final : public PartHandler {
 public:
  StringHandler(Workbook& book, std::size_t max_bytes) : book_(book), left_(max_bytes) {}
  void start_element(const XmlName& name, std::span<const XmlAttribute>) override {
    if (name.local == "si") text_.clear();
    if (name.local == "rPh") in_phonetic_ = true;
    in_text_ = name.local == "t" && !in_phonetic_;
  }
  void end_element(const XmlName& name) override {
    in_text_ = false;
    if (name.local == "rPh") in_phonetic_ = false;
    if (name.local != "si") return;
    const std::string text = unescape_sheet_text(text_);
    left_ -= std::min(left_, text.size() + sizeof(std::string_view));
    if (left_ > 0) book_.strings.emplace_back(book_.texts.copy(text), text.size());
  }
  void text(std::string_view text) override {
    if (in_text_ && left_ > 0) text_ += text;
  }
  bool too_large() const { return left_ == 0; }

 private:
  Workbook& book_;
  std::size_t left_;
  std::string text_;
  bool in_text_ = false;
  bool in_phonetic_ = false;
};

class WorkbookReader {
 public:
  WorkbookReader(const std::string& path, const Limits& limits)
      : limits_(limits), book_(std::make_unique<Workbook>()) {
    book_->path = path;
  }

  Expected<std::unique_ptr<Workbook>> read() {
    const auto main = main_part();
    if (!main) return std::unexpected(main.error());
    const std::filesystem::path part(*main);
    RelationHandler relations(part.parent_path());
    const auto rels = part.parent_path() / "_rels" / (part.filename().string() + ".rels");
    WorkbookHandler workbook;
    Expected<void> done = run(part.string(), workbook);
    if (done) done = run(rels.string(), relations);
    if (!done) return std::unexpected(std::move(done.error()));
    book_->date1904 = workbook.date1904;
    for (SheetPart& sheet : workbook.sheets) {
      const Relation& relation = relations.relations[sheet.part];
      if (relation.type == "worksheet") book_->sheets.push_back({sheet.name, relation.target});
    }
    for (const auto& [id, relation] : relations.relations) {
      if (relation.type == "styles") done = read_styles(relation.target);
      if (done && relation.type == "sharedStrings") done = read_strings(relation.target);
      if (!done) return std::unexpected(std::move(done.error()));
    }
    if (book_->sheets.empty()) return bad("it has no sheet of cells");
    return std::move(book_);
  }

 private:
  // The package says where the workbook is.
  Expected<std::string> main_part() {
    RelationHandler relations("");
    if (auto done = run("_rels/.rels", relations); !done) {
      return done.error().code == code::archive_member
                 ? Expected<std::string>(bad("the zip has no _rels/.rels"))
                 : std::unexpected(done.error());
    }
    for (const auto& [id, relation] : relations.relations) {
      if (relation.type == "officeDocument") return relation.target;
    }
    return bad("the package names no document");
  }

  Expected<void> read_styles(const std::string& part) {
    StyleHandler styles;
    auto done = run(part, styles);
    book_->formats = std::move(styles.formats);
    return done;
  }

  Expected<void> read_strings(const std::string& part) {
    StringHandler strings(*book_, limits_.max_document_bytes);
    auto done = run(part, strings);
    if (!done || !strings.too_large()) return done;
    return fail(code::limit_exceeded, {book_->path},
                fmt::format("the texts of the workbook are larger than max-document-bytes, {}",
                            with_separators(limits_.max_document_bytes)),
                "raise the limit with --limit max-document-bytes=N");
  }

  Expected<void> run(const std::string& part, XmlHandler& handler) {
    auto source = open_part(book_->path, part, limits_);
    if (!source) return std::unexpected(std::move(source.error()));
    XmlEvents events(**source, limits_, kPartBlock);
    return events.run(handler);
  }

  std::unexpected<Error> bad(std::string_view why) const {
    return fail(code::xlsx_bad, {book_->path},
                fmt::format("this is no workbook of Office Open XML: {}", why),
                "save it as .xlsx; .xls and workbooks with a password are not read");
  }

  const Limits& limits_;
  std::unique_ptr<Workbook> book_;
};

}  // namespace

std::string_view part_attribute(std::span<const XmlAttribute> attributes, std::string_view local) {
  const auto found = std::ranges::find(attributes, local,
                                       [](const XmlAttribute& each) { return each.name.local; });
  return found == attributes.end() ? std::string_view() : found->value;
}

std::uint64_t part_number(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Expected<std::unique_ptr<Workbook>> open_workbook(const std::string& path, const Limits& limits) {
  return WorkbookReader(path, limits).read();
}

Expected<std::unique_ptr<ByteSource>> open_part(const std::string& path, const std::string& part,
                                                const Limits& limits) {
  return open_input(path + "!/" + part, limits);
}

}  // namespace dossier
